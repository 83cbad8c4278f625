declare const brand: unique symbol;
type Id<Kind extends string> = string & {readonly [brand]: Kind};

/** Ids are the server's: lower-case UUIDs with dashes. */
export type RunId = Id<'run'>;
export type StepId = Id<'step'>;
export type ProjectId = Id<'project'>;
export type PipelineId = Id<'pipeline'>;
export type ArtifactVersionId = Id<'artifact version'>;

export const runId = (text: string): RunId => text as RunId;
export const stepId = (text: string): StepId => text as StepId;
export const projectId = (text: string): ProjectId => text as ProjectId;
export const pipelineId = (text: string): PipelineId => text as PipelineId;
export const artifactVersionId = (text: string): ArtifactVersionId => text as ArtifactVersionId;

/** Something of which only the id and the name are known. */
export type Named<Kind = string> = {readonly id: Kind; readonly name: string};
