export const getNewestStepsKey = (runId: string): string => `steps:newest:${runId}`;
export const getRetriedStepsKey = (runId: string): string => `steps:retried:${runId}`;
export const getStepsDeltaKey = (runId: string): string => `steps:delta:${runId}`;
export const getLiveStepsKey = (runId: string): string => `steps:live:${runId}`;
export const getChildRunsKey = (runId: string): string => `children:${runId}`;
export const getDagKey = (runId: string): string => `dag:${runId}`;
