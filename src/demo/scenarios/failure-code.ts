/** Source code of the scoring pipeline's steps. */

export const fetchModel = `@step(model=Model(name="fraud_scorer", version="production"))
def fetch_model() -> Annotated[xgb.Booster, "scorer"]:
    """The model version that is in production today."""
    return get_step_context().model.load_artifact("gbm")
`;

export const loadBatch = `@step
def load_batch(day: str = "yesterday") -> Annotated[pd.DataFrame, "batch"]:
    """All transactions of one day."""
    return bigquery.Client().query(BATCH_SQL, params={"day": day}).to_dataframe()
`;

export const loadRates = `@step(enable_cache=False)
def load_rates() -> Annotated[dict, "rates"]:
    """Exchange rates against the euro."""
    return requests.get(RATES_URL, timeout=10).json()["rates"]
`;

export const convertAmounts = `@step(retry=StepRetryConfig(max_retries=1, delay=3, backoff=1))
def convert_amounts(batch: pd.DataFrame, rates: dict) -> Annotated[pd.DataFrame, "amounts"]:
    """Every amount in euros."""
    logger.info("converting %d amounts in %d currencies", len(batch), batch["currency"].nunique())
    result = batch.copy()
    for currency, rows in batch.groupby("currency"):
        try:
            rate = rates[currency]
        except KeyError as error:
            raise MissingRateError(f"no exchange rate for {currency!r} ({len(rows)} transactions)") from error
        result.loc[rows.index, "amount_eur"] = rows["amount"] / rate
    return result
`;

export const score = `@step
def score(scorer: xgb.Booster, amounts: pd.DataFrame) -> Annotated[pd.DataFrame, "scores"]:
    """Probability of fraud for each transaction."""
    return amounts.assign(score=scorer.predict(xgb.DMatrix(amounts[FEATURES])))
`;

export const flag = `@step
def flag(scores: pd.DataFrame, threshold: float = 0.92) -> Annotated[pd.DataFrame, "flagged"]:
    """The transactions that a person must look at."""
    return scores[scores["score"] >= threshold].sort_values("score", ascending=False)
`;

export const notifyAnalysts = `@step(enable_cache=False)
def notify_analysts(flagged: pd.DataFrame, channel: str = "#fraud-desk") -> None:
    """Open a case for each flagged transaction."""
    for case in flagged.itertuples():
        cases.open(case)
    slack.post(channel, f"{len(flagged)} new cases")
`;

export const measureDrift = `@step
def measure_drift(batch: pd.DataFrame, reference_days: int = 28) -> Annotated[dict, "drift"]:
    """Population stability of each column against the last four weeks."""
    reference = load_reference(reference_days)
    drift = {column: psi(reference[column], batch[column]) for column in COLUMNS}
    log_metadata({"worst_psi": max(drift.values())})
    return drift
`;

export const driftReport = `@step
def drift_report(drift: dict) -> HTMLString:
    return HTMLString(render(drift))
`;
