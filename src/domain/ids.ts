declare const brand: unique symbol;
type Id<Kind extends string> = string & {readonly [brand]: Kind};

/** IDs are the server's: lower-case UUIDs with dashes. */
export type RunId = Id<'run'>;
export type StepId = Id<'step'>;
export type ProjectId = Id<'project'>;
export type PipelineId = Id<'pipeline'>;
export type ArtifactVersionId = Id<'artifact version'>;

export const parseRunId = (text: string): RunId => text as RunId;
export const parseStepId = (text: string): StepId => text as StepId;
export const parseProjectId = (text: string): ProjectId => text as ProjectId;
export const parsePipelineId = (text: string): PipelineId => text as PipelineId;
export const parseArtifactVersionId = (text: string): ArtifactVersionId => text as ArtifactVersionId;

/** The ID and name of a related entity. */
export type NamedReference<Kind = string> = {readonly id: Kind; readonly name: string};
