/** The longest delay of a timer in Node, in milliseconds: nearly 25 days. A longer one would be over at once. */
export const maxTimerMs = 2 ** 31 - 1;
