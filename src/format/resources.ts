import type {Json, JsonRecord} from '../domain/json.js';
import {times} from './marks.js';
import {safeText} from './safe-text.js';

const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const amount = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined;

/** What a step asks for in `settings.resources`: `1×A100`, `cpu 8`, `mem 64 GB`, and what it wants of resource pools. */
export const resourceFacts = (settings: JsonRecord): readonly string[] => {
  const resources = settings['resources'];
  if (!isRecord(resources)) {
    return [];
  }

  const gpus = amount(resources['gpu_count']);
  const gpuClass = resources['gpu_class'];
  const cpus = amount(resources['cpu_count']);
  const memory = resources['memory'];
  return [
    ...(gpus === undefined ? [] : [typeof gpuClass === 'string' ? counted(gpus, gpuClass) : `gpu ${gpus}`]),
    ...(cpus === undefined ? [] : [`cpu ${cpus}`]),
    ...(typeof memory === 'string' ? [`mem ${safeText(memory.replace(/^(\d+)\s*(?=[A-Z])/i, '$1 '))}`] : []),
    ...demandFacts(resources['resources']),
  ];
};

const counted = (count: number, name: string): string => `${count}${times}${safeText(name)}`;

/** A demand is a name, a map of names to counts, an object that describes one, or a list of these. */
const demandFacts = (demands: Json | undefined): readonly string[] => {
  if (isList(demands)) {
    return demands.flatMap(demandFacts);
  }

  if (typeof demands === 'string') {
    return [safeText(demands)];
  }

  if (!isRecord(demands)) {
    return [];
  }

  const name = demands['class_name'] ?? demands['name'] ?? demands['kind'];
  if (typeof name === 'string') {
    return [counted(amount(demands['quantity']) ?? 1, name)];
  }

  return Object.entries(demands).flatMap(([key, value]) =>
    amount(value) === undefined ? [] : [counted(Number(value), key)],
  );
};
