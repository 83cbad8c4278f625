declare const brand: unique symbol;
type BrandedId<Kind extends string> = string & {readonly [brand]: Kind};

/** IDs are the server's: lower-case UUIDs with dashes. The types only keep IDs of different kinds apart. */
export type RunId = BrandedId<'run'>;
export type StepId = BrandedId<'step'>;
export type ProjectId = BrandedId<'project'>;
export type PipelineId = BrandedId<'pipeline'>;
export type ArtifactVersionId = BrandedId<'artifact version'>;

/** These take any text for an ID of their kind, without a check: a wrong one is an ID that the server does not have. */
export const toRunId = (text: string): RunId => text as RunId;
export const toStepId = (text: string): StepId => text as StepId;
export const toProjectId = (text: string): ProjectId => text as ProjectId;
export const toPipelineId = (text: string): PipelineId => text as PipelineId;
export const toArtifactVersionId = (text: string): ArtifactVersionId => text as ArtifactVersionId;

/** The ID and the name of a run, a user, a stack or the like. */
export type NamedEntity<Id = string> = {readonly id: Id; readonly name: string};
