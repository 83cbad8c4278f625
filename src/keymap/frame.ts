/** What only the drawn frame knows and a key may need: how much there is to scroll. */
export type Frame = {
  /** Lines of the pane's whole content, and of the part that is seen. */
  readonly paneLineCount: number;
  readonly paneHeight: number;
  readonly helpLineCount: number;
  readonly helpHeight: number;
};
