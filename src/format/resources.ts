import {findNumber, isJsonList, isJsonRecord, type Json, type JsonRecord} from '../domain/json.js';
import {timesSign} from './marks.js';
import {sanitizeText} from './safe-text.js';

const parseAmount = (value: Json | undefined): number | undefined => {
  const number = findNumber(value);
  return number !== undefined && number > 0 ? number : undefined;
};

/** The resources in `settings.resources`: `1×A100`, `cpu 8`, `mem 64 GB`, and demands on resource pools. */
export const formatResources = (settings: JsonRecord): readonly string[] => {
  const resources = settings['resources'];
  if (!isJsonRecord(resources)) {
    return [];
  }

  const gpus = parseAmount(resources['gpu_count']);
  const gpuClass = resources['gpu_class'];
  const cpus = parseAmount(resources['cpu_count']);
  const memory = resources['memory'];
  return [
    ...(gpus === undefined ? [] : [typeof gpuClass === 'string' ? formatQuantity(gpus, gpuClass) : `gpu ${gpus}`]),
    ...(cpus === undefined ? [] : [`cpu ${cpus}`]),
    ...(typeof memory === 'string' ? [`mem ${sanitizeText(memory.replace(/^(\d+)\s*(?=[A-Z])/i, '$1 '))}`] : []),
    ...formatDemands(resources['resources']),
  ];
};

const formatQuantity = (count: number, name: string): string => `${count}${timesSign}${sanitizeText(name)}`;

/** A demand is a name, a map of names to counts, an object with a name and a quantity, or a list of these. */
const formatDemands = (demands: Json | undefined): readonly string[] => {
  if (isJsonList(demands)) {
    return demands.flatMap(formatDemands);
  }

  if (typeof demands === 'string') {
    return [sanitizeText(demands)];
  }

  if (!isJsonRecord(demands)) {
    return [];
  }

  const name = demands['class_name'] ?? demands['name'] ?? demands['kind'];
  if (typeof name === 'string') {
    return [formatQuantity(parseAmount(demands['quantity']) ?? 1, name)];
  }

  return Object.entries(demands).flatMap(([key, value]) => {
    const amount = parseAmount(value);
    return amount === undefined ? [] : [formatQuantity(amount, key)];
  });
};
