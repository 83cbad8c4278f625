import type {Intervention} from '../../domain/intervention/intervention.js';
import {removeControls} from '../../format/clean-text.js';
import type {Effect} from '../../keymap/effect.js';
import type {Store} from '../../store/store.js';
import type {EndingSignal} from '../../terminal/exit.js';
import type {HandOver} from '../../terminal/suspend.js';
import type {Terminal} from '../../terminal/terminal.js';
import {describeCopy} from './copy-notice.js';
import {saveLog} from './save-log.js';

/** Why the program exits. */
export type ExitCause = {readonly by: 'user' | 'interrupt' | 'timeout' | EndingSignal};

type EffectOptions = {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly leave: (how: ExitCause) => void;
  readonly switchServer: (url: string) => void;
  readonly intervene: (intervention: Intervention) => void;
};

/** Carries out the effects of keys, and reports the results as notices. */
export const createEffectRunner =
  ({store, terminal, leave, switchServer, intervene}: EffectOptions) =>
  (effect: Effect, handOver: HandOver): void => {
    const showNotice = (text: string, tone: 'info' | 'problem' = 'info') =>
      store.dispatch({type: 'notice/shown', text, tone});
    switch (effect.type) {
      case 'quit':
        leave({by: effect.isInterrupt ? 'interrupt' : 'user'});
        return;

      case 'suspend':
        void terminal.suspend(handOver).then(wasStopped => {
          if (!wasStopped) {
            showNotice('cannot suspend: no parent shell', 'problem');
          }
        });
        return;

      case 'redraw':
        terminal.repaint();
        return;

      case 'save-log':
        void saveLog(store.get(), effect.path).then(({isSaved, text}) =>
          showNotice(text, isSaved ? 'info' : 'problem'),
        );
        return;

      case 'switch-server':
        switchServer(effect.url);
        return;

      case 'intervene':
        intervene(effect.intervention);
        return;

      case 'open-url':
        void terminal.openUrl(effect.url).then(outcome => {
          if (outcome.kind === 'opened') {
            showNotice(`opened ${effect.url}`);
          } else {
            // A notice would cut the URL, and this way it can be selected or copied.
            store.dispatch({
              type: 'menu/opened',
              title: 'no browser available: copy the URL of the run',
              entries: [{what: 'run URL', text: effect.url}],
            });
          }
        });
        return;

      case 'copy':
        if (effect.text === '') {
          showNotice(`${effect.what} is empty: nothing copied`);
          return;
        }

        void terminal.copy(removeControls(effect.text)).then(outcome => {
          const {kind, words} = describeCopy(outcome, effect);
          if (kind === 'notice') {
            showNotice(words);
          } else {
            store.dispatch({type: 'value/opened', title: words, text: effect.text});
          }
        });
        return;
    }
  };
