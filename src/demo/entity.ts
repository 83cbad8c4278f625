/** The version of ZenML that the demo server simulates. */
export const serverVersion = '0.98.0';

/** A JSON object of the API. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Rounds epoch milliseconds to whole microseconds, the resolution of the server's timestamps. */
export const roundToMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

/** UTC without a zone, with microseconds unless they are zero, as Python's `isoformat` writes it. */
export const formatWireTime = (ms: number): string => {
  const microseconds = Math.round(ms * 1000);
  const fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((microseconds - fraction) / 1000).toISOString().slice(0, 19);
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`;
};

export const formatWireTimeOrNull = (ms: number | null): string | null => (ms === null ? null : formatWireTime(ms));

type EntityParts = {
  readonly id: string;
  /** `null` is sent as `null`. If the name is `undefined`, the key is left out, as some entities have no `name`. */
  readonly name?: string | null;
  readonly body: JsonObject;
  readonly metadata?: JsonObject | null;
  readonly resources?: JsonObject | null;
};

/** The envelope of every entity. Entities nested in others have only a body. */
export const buildEntity = ({id, name, body, metadata = null, resources = null}: EntityParts): JsonObject => ({
  body,
  metadata,
  resources,
  id,
  permission_denied: false,
  ...(name === undefined ? {} : {name}),
});

/** `created` and `updated` of a row that was written once. The server sets them about 24 microseconds apart. */
export const buildTimestamps = (ms: number): {readonly created: string; readonly updated: string} => ({
  created: formatWireTime(ms),
  updated: formatWireTime(ms + 0.024),
});
