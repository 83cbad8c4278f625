import type {WatchOptions} from '../../src/cli/options/watch-options.js';
import {createChangeFormatter} from '../../src/cli/printing/change-formatter.js';
import {createChangePrinter} from '../../src/cli/printing/change-printer.js';
import {isReportComplete} from '../../src/report/completeness.js';
import type {PolledDemo} from '../support/polled.js';

/** Prints what happens, as `--output` does. Returns a function that gets the lines printed so far. */
export const startPrinting = (demo: PolledDemo, output: 'plain' | 'json'): (() => readonly string[]) => {
  let text = '';
  const watch: Partial<WatchOptions> = {output, isAscii: false, hasColor: false, theme: 'auto'};
  const formatter = createChangeFormatter(watch as WatchOptions, false);
  const printer = createChangePrinter(formatter, {isTty: false, write: addedText => (text += addedText)});
  const look = (): void => {
    printer.printChanges(demo.state(), Number.POSITIVE_INFINITY);
    if (isReportComplete(demo.state())) {
      printer.printEnd(demo.state());
    }
  };
  demo.store.subscribe(look);
  look();
  return () => text.split('\n');
};

/** Counts the lines of this kind, in plain or JSON output. */
export const countKind = (lines: readonly string[], kind: string): number =>
  lines.filter(line => line.includes(`Z ${kind} `) || line.includes(`"type":"${kind}"`)).length;

/** Opens the log of a step in full screen. */
export const openLog = ({store}: PolledDemo, name: string): void => {
  store.dispatch({type: 'step/selected', name});
  store.dispatch({type: 'tab/chosen', tab: 'logs'});
  store.dispatch({type: 'pane/toggled'});
};
