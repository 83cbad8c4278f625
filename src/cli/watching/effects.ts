import {removeControls} from '../../format/clean-text.js';
import type {Effect} from '../../keymap/effect.js';
import type {Store} from '../../store/store.js';
import type {CopyOutcome} from '../../terminal/clipboard.js';
import type {EndingSignal} from '../../terminal/exit.js';
import type {HandOver} from '../../terminal/suspend.js';
import type {Terminal} from '../../terminal/terminal.js';
import {saveLog} from './save-log.js';

/** How the program came to its end. */
export type ExitCause = {readonly by: 'reader' | 'interrupt' | 'timeout' | EndingSignal};

type EffectOptions = {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly leave: (how: ExitCause) => void;
  readonly switchServer: (url: string) => void;
};

/** Carries out what a key asked for and reports back as a notice. */
export const createEffectRunner =
  ({store, terminal, leave, switchServer}: EffectOptions) =>
  (effect: Effect, handOver: HandOver): void => {
    const say = (text: string, tone: 'info' | 'problem' = 'info') => store.dispatch({type: 'notice/shown', text, tone});
    switch (effect.type) {
      case 'quit':
        leave({by: effect.isInterrupt ? 'interrupt' : 'reader'});
        return;

      case 'suspend':
        void terminal.suspend(handOver).then(wasStopped => {
          if (!wasStopped) {
            say('there is no shell to go back to', 'problem');
          }
        });
        return;

      case 'redraw':
        terminal.repaint();
        return;

      case 'save-log':
        void saveLog(store.get(), effect.path).then(({isSaved, text: words}) =>
          say(words, isSaved ? 'info' : 'problem'),
        );
        return;

      case 'switch-server':
        switchServer(effect.url);
        return;

      case 'open-url':
        void terminal.openUrl(effect.url).then(outcome => {
          if (outcome.kind === 'opened') {
            say(`opened ${effect.url}`);
          } else {
            // Whole, to be marked or copied: a notice would cut it.
            store.dispatch({
              type: 'copying/opened',
              title: 'there is no browser here: the address of the run',
              choices: [{what: 'run URL', text: effect.url}],
            });
          }
        });
        return;

      case 'copy':
        void terminal.copy(removeControls(effect.text)).then(outcome => say(formatCopyNotice(outcome, effect)));
        return;
    }
  };

const formatCopyNotice = (
  outcome: CopyOutcome,
  {text, what}: {readonly text: string; readonly what: string},
): string => {
  switch (outcome.kind) {
    case 'copied':
      return `${what} copied`;

    case 'sent':
      return `${what} sent to the terminal's clipboard`;

    case 'refused':
      return outcome.reason === 'tooLong' ? `${what} is too long to copy` : `no clipboard here: ${text}`;
  }
};
