import type {Stack} from '../../domain/stack.js';
import {decodeList, decodeRecord, decodeWord, type Wire} from './wire.js';

/** A hydrated stack; `undefined` for one without an ID. */
export const decodeStack = (whole: Wire): Stack | undefined => {
  const id = decodeWord(whole['id']);
  return id === undefined
    ? undefined
    : {id, name: decodeWord(whole['name']) ?? id, orchestrator: decodeOrchestrator(decodeRecord(whole['metadata']))};
};

const decodeOrchestrator = (metadata: Wire): Stack['orchestrator'] => {
  const component = decodeRecord(decodeList(decodeRecord(metadata['components'])['orchestrator'])[0]);
  const name = decodeWord(component['name']);
  const body = decodeRecord(component['body']);
  // Up to 0.83, the field is called `flavor`.
  const flavor = decodeWord(body['flavor_name']) ?? decodeWord(body['flavor']);
  return name === undefined ? undefined : {name, flavor};
};
