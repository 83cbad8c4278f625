/**
 * One line of the report of `zentop doctor`: what was found, where it came from, and what to do about a problem. Contains no
 * secrets.
 */
export type Finding = {
  readonly label: string;
  readonly value: string;
  readonly origin: string | undefined;
  readonly isOk: boolean;
  readonly hint: string | undefined;
};

export const createGoodFinding = (label: string, value: string, origin?: string): Finding => ({
  label,
  value,
  origin,
  isOk: true,
  hint: undefined,
});

export const createBadFinding = (label: string, value: string, hint: string, origin?: string): Finding => ({
  label,
  value,
  origin,
  isOk: false,
  hint,
});
