import type {Effect} from '../keymap/effect.js';
import type {Store} from '../store/store.js';
import type {CopyOutcome} from '../terminal/clipboard.js';
import type {EndingSignal} from '../terminal/exit.js';
import type {OpenOutcome} from '../terminal/open-url.js';
import type {HandOver} from '../terminal/suspend.js';
import type {Terminal} from '../terminal/terminal.js';

/** How the program came to its end. */
export type Leaving = {readonly by: 'reader' | 'interrupt' | 'timeout' | EndingSignal};

type Parts = {readonly store: Store; readonly terminal: Terminal; readonly leave: (how: Leaving) => void};

/** Carries out what a key asked for and reports back as a notice. */
export const effectRunner =
  ({store, terminal, leave}: Parts) =>
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

      case 'open-url':
        void terminal.openUrl(effect.url).then(outcome => say(openedWords(outcome, effect.url)));
        return;

      case 'copy':
        void terminal.copy(effect.text).then(outcome => say(copiedWords(outcome, effect)));
        return;
    }
  };

const openedWords = (outcome: OpenOutcome, url: string): string =>
  outcome.kind === 'opened' ? `opened ${url}` : `open it yourself: ${url}`;

const copiedWords = (outcome: CopyOutcome, {text, what}: {readonly text: string; readonly what: string}): string => {
  switch (outcome.kind) {
    case 'copied':
      return `${what} copied`;

    case 'sent':
      return `${what} sent to the terminal's clipboard`;

    case 'refused':
      return outcome.reason === 'tooLong' ? `${what} is too long to copy` : `no clipboard here: ${text}`;
  }
};
