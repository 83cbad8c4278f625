/** Source code of the embedding pipeline's steps. */

export const listDocuments = `@step
def list_documents(limit: int) -> Annotated[list, "documents"]:
    """Policies, manuals and case notes that changed since the last index."""
    return [document.uri for document in store.changed_since(last_index())][:limit]
`;

export const embed = `@step(retry=StepRetryConfig(max_retries=2, delay=3, backoff=2))
def embed(document: str, model: str = "e5-large-v2") -> Annotated[np.ndarray, "vectors"]:
    """Cut one document into passages and embed them."""
    passages = split(fetch(document), tokens=256, overlap=32)
    response = client.embed(model=model, texts=passages)
    print(f"{document}: {len(passages)} passages")
    return np.array(response.vectors, dtype=np.float32)
`;

export const buildIndex = `@step
def build_index(vectors: list[np.ndarray]) -> Annotated[dict, "index"]:
    """One approximate index over all passages."""
    index = faiss.index_factory(1024, "IVF256,PQ32")
    stacked = np.vstack(vectors)
    index.train(stacked)
    index.add(stacked)
    log_metadata({"passages": len(stacked)})
    return {"uri": upload(index), "passages": len(stacked)}
`;

export const publishIndex = `@step
def publish_index(index: dict) -> Annotated[str, "alias"]:
    """Point the search service at the new index."""
    search.switch_alias("casebook", index["uri"])
    return "casebook"
`;

export const pickSample = `@step
def pick_sample(size: int) -> Annotated[list, "sample"]:
    """Questions from last week that people rated."""
    return random.Random(7).sample(rated_questions(days=7), size)
`;

export const askQuestions = `@step
def ask_questions(sample: list) -> Annotated[pd.DataFrame, "answers"]:
    """What the current index finds for each question."""
    return pd.DataFrame([search.ask(question) for question in sample])
`;

export const grade = `@step
def grade(answers: pd.DataFrame) -> Annotated[float, "recall_at_5"]:
    """Share of questions whose right passage is among the first five."""
    return float((answers["rank"] <= 5).mean())
`;
