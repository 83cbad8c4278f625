import {createHash} from 'node:crypto';

/** IDs, hashes and numbers derived only from the given parts, so that a scenario is the same at every start. */

const hashParts = (algorithm: string, parts: readonly unknown[]): string =>
  createHash(algorithm).update(parts.join('\u0000')).digest('hex');

export const computeMd5 = (...parts: readonly unknown[]): string => hashParts('md5', parts);

export const computeSha256 = (...parts: readonly unknown[]): string => hashParts('sha256', parts);

/** A version 4 UUID in lower case with dashes, as the server writes it. */
export const deriveUuid = (...parts: readonly unknown[]): string => {
  const hex = computeMd5(...parts);
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** A number in [0, 1). */
const pickFraction = (...parts: readonly unknown[]): number =>
  Number.parseInt(computeMd5(...parts).slice(0, 8), 16) / 0x1_0000_0000;

/** A number between `low` and `high`. */
export const pickBetween = (low: number, high: number, ...parts: readonly unknown[]): number =>
  low + (high - low) * pickFraction(...parts);
