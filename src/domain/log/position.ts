/**
 * Which part of a log is seen: this row of the line with this number, or of the first after it that is shown, stands `lead`
 * rows below the top.
 */
export type LogPosition = {readonly number: number; readonly row: number; readonly lead: number};
