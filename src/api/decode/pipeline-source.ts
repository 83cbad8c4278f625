import type {PipelineSource} from '../../domain/intervention/zenml-command.js';
import {decodeRecord, decodeWord, type Wire} from './wire.js';

/** Where the function of the pipeline is, from a hydrated snapshot; `undefined` if it does not say. */
export const decodePipelineSource = (snapshot: Wire): PipelineSource | undefined => {
  const spec = decodeRecord(decodeRecord(snapshot['metadata'])['pipeline_spec']);
  const source = decodeRecord(spec['source']);
  const module = decodeWord(source['module']);
  const attribute = decodeWord(source['attribute']);
  return module === undefined || attribute === undefined ? undefined : {module, attribute};
};
