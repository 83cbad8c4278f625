/** Source code of the steps of the training pipeline, as ZenML stores it: the function only, with its decorator. */

export const loadTransactions = `@step
def load_transactions(data_version: int, sample: float = 1.0) -> Annotated[pd.DataFrame, "transactions"]:
    """Read card transactions of the last 90 days from the warehouse."""
    query = (SQL / "transactions.sql").read_text()
    frame = bigquery.Client().query(query, params={"data_version": data_version}).to_dataframe()
    logger.info("read %d transactions", len(frame))
    return frame.sample(frac=sample, random_state=7) if sample < 1 else frame
`;

export const loadLabels = `@step
def load_labels(data_version: int) -> Annotated[pd.DataFrame, "labels"]:
    """Read confirmed chargebacks, one row per transaction."""
    frame = read_parquet(f"gs://fraud-labels/{data_version}/chargebacks.parquet")
    return frame.drop_duplicates("transaction_id")
`;

export const validateSchema = `@step
def validate_schema(transactions: pd.DataFrame, labels: pd.DataFrame) -> Annotated[dict, "schema_report"]:
    """Fail early when a column is missing or a type has changed."""
    report = {
        "transactions": TRANSACTIONS.validate(transactions).summary(),
        "labels": LABELS.validate(labels).summary(),
    }
    if any(table["errors"] for table in report.values()):
        raise SchemaError(report)
    return report
`;

export const profileData = `@step
def profile_data(transactions: pd.DataFrame) -> Annotated[HTMLString, "data_profile"]:
    """Distribution of every column, as an HTML report."""
    return HTMLString(ProfileReport(transactions, minimal=True).to_html())
`;

export const buildFeatures = `@step
def build_features(transactions: pd.DataFrame, window_days: int = 30, min_events: int = 3) -> Annotated[pd.DataFrame, "features"]:
    """Rolling counts, sums and distances per card."""
    ordered = transactions.sort_values(["card_id", "timestamp"])
    windows = [1, 7, window_days]
    features = pd.concat([rolling(ordered, days) for days in windows], axis=1)
    features = features[features["events"] >= min_events]
    logger.info("%d features over windows of %s days", features.shape[1], windows)
    return features
`;

export const encodeMerchantsOld = `@step
def encode_merchants(transactions: pd.DataFrame, dimensions: int = 64) -> Annotated[np.ndarray, "merchant_vectors"]:
    """Embed merchants so that those visited by the same cards are close together."""
    walks = sample_walks(transactions, per_node=10, length=20)
    model = Word2Vec(walks, vector_size=dimensions, window=5, workers=8)
    return model.wv.vectors
`;

export const encodeMerchants = `@step
def encode_merchants(transactions: pd.DataFrame, dimensions: int = 64) -> Annotated[np.ndarray, "merchant_vectors"]:
    """Embed merchants so that those visited by the same cards are close together."""
    walks = sample_walks(transactions, per_node=20, length=40)
    model = Word2Vec(walks, vector_size=dimensions, window=5, sg=1, negative=10, workers=8)
    return normalize(model.wv.vectors)
`;

export const split = `@step
def split(
    features: pd.DataFrame, labels: pd.DataFrame, test_size: float = 0.2
) -> Tuple[Annotated[pd.DataFrame, "train"], Annotated[pd.DataFrame, "test"]]:
    """Split by time, so that nothing from the future leaks into training."""
    joined = features.join(labels.set_index("transaction_id"), how="inner")
    border = joined["timestamp"].quantile(1 - test_size)
    return joined[joined["timestamp"] < border], joined[joined["timestamp"] >= border]
`;

export const trainBaseline = `@step(experiment_tracker="mlflow")
def train_baseline(train: pd.DataFrame, c: float = 0.5) -> Annotated[Pipeline, "baseline"]:
    """Logistic regression, the model to beat."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=500, class_weight="balanced"))
    model.fit(train[FEATURES], train["is_fraud"])
    log_metadata({"train_auc": auc(model, train)})
    return model
`;

export const trainGbm = `@step(experiment_tracker="mlflow")
def train_gbm(
    train: pd.DataFrame, learning_rate: float = 0.1, max_depth: int = 8, rounds: int = 400
) -> Annotated[xgb.Booster, "gbm"]:
    """Gradient boosted trees."""
    data = xgb.DMatrix(train[FEATURES], train["is_fraud"])
    params = {"eta": learning_rate, "max_depth": max_depth, "objective": "binary:logistic", "eval_metric": "auc"}
    model = xgb.train(params, data, rounds, evals=[(data, "train")], verbose_eval=25)
    log_metadata({"best_iteration": model.best_iteration, "auc": model.best_score})
    return model
`;

export const trainTransformer = `@step(
    enable_cache=False,
    step_operator="vertex-gpu",
    experiment_tracker="mlflow",
    retry=StepRetryConfig(max_retries=2, delay=4, backoff=2),
    settings={"resources": ResourceSettings(cpu_count=8, gpu_count=1, memory="64GB")},
)
def train_transformer(
    train: pd.DataFrame, merchant_vectors: np.ndarray, epochs: int = 20, batch_size: int = 1024, lr: float = 3e-4
) -> Annotated[nn.Module, "transformer"]:
    """A small transformer over the last 128 transactions of a card."""
    model = SequenceModel(embedding=torch.from_numpy(merchant_vectors)).cuda()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    loader = sequence_loader(train, batch_size=batch_size, length=128)
    for epoch in range(1, epochs + 1):
        loss = train_epoch(model, loader, optimizer)
        print(f"epoch {epoch:2d}/{epochs}  loss {loss:.4f}")
        log_metadata({"epoch": epoch, "loss": loss})
    return model.cpu()
`;

export const evaluate = `@step
def evaluate(
    test: pd.DataFrame, baseline: Pipeline, gbm: xgb.Booster, transformer: nn.Module
) -> Tuple[Annotated[dict, "metrics"], Annotated[str, "best_model"]]:
    """Score every candidate on the newest fifth of the data."""
    candidates = {"baseline": baseline, "gbm": gbm, "transformer": transformer}
    metrics = {name: scores(model, test) for name, model in candidates.items()}
    best = max(metrics, key=lambda name: metrics[name]["average_precision"])
    log_metadata({"best": best, **metrics[best]})
    return metrics, best
`;

export const explain = `@step
def explain(gbm: xgb.Booster, test: pd.DataFrame, sample: int = 5000) -> Annotated[HTMLString, "shap_report"]:
    """What the trees look at, by SHAP values on a sample."""
    rows = test[FEATURES].sample(sample, random_state=7)
    values = shap.TreeExplainer(gbm).shap_values(rows)
    return HTMLString(render(values, rows))
`;

export const registerModel = `@step(model=Model(name="fraud_scorer"))
def register_model(metrics: dict, best_model: str, minimum: float = 0.6) -> Annotated[bool, "registered"]:
    """Make the best candidate a new version of the model, if it is good enough."""
    score = metrics[best_model]["average_precision"]
    if score < minimum:
        logger.warning("%s reaches only %.3f", best_model, score)
        return False
    get_step_context().model.set_stage("staging", force=True)
    return True
`;

export const deployCanary = `@step
def deploy_canary(registered: bool, traffic: int = 5) -> Annotated[str, "endpoint"]:
    """Serve a few percent of the traffic with the new version."""
    if not registered:
        return "unchanged"
    service = deployer.roll_out("fraud-scorer", stage="staging", traffic=traffic)
    service.wait_until_healthy(timeout=120)
    return service.url
`;
