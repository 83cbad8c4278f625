/** An object as it goes over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** To whole microseconds, the finest step of the server's timestamps; all instants are epoch milliseconds. */
export const roundToMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Naive UTC with microseconds, and no fraction at all when it is zero, as Python's `isoformat` writes it. */
export const formatWireTime = (ms: number): string => {
  const microseconds = Math.round(ms * 1000);
  const fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000;
  const seconds = new Date((microseconds - fraction) / 1000).toISOString().slice(0, 19);
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`;
};

export const formatWireTimeOrNull = (ms: number | null): string | null => (ms === null ? null : formatWireTime(ms));

type EntityParts = {
  readonly id: string;
  /** `null` is sent, absent is not: some entities have no `name` key at all. */
  readonly name?: string | null;
  readonly body: JsonObject;
  readonly metadata?: JsonObject | null;
  readonly resources?: JsonObject | null;
};

/** The envelope around every entity; entities inside others carry only their body. */
export const buildEntity = ({id, name, body, metadata = null, resources = null}: EntityParts): JsonObject => ({
  body,
  metadata,
  resources,
  id,
  permission_denied: false,
  ...(name === undefined ? {} : {name}),
});

/** `created` and `updated` of a row written once: the server sets them some 24 microseconds apart. */
export const buildTimestamps = (ms: number): {readonly created: string; readonly updated: string} => ({
  created: formatWireTime(ms),
  updated: formatWireTime(ms + 0.024),
});
