import type {Outcome} from '../../connection/problem.js';
import type {Store} from '../../store/store.js';
import type {OpenedRuns} from './open-runs.js';

/** Returns a function that switches to another server once it has responded; until then, and if it does not, the current one stays. */
export const createServerSwitch = (
  store: Store,
  openServer: ((url: string) => Promise<Outcome<OpenedRuns>>) | undefined,
  moveTo: (next: OpenedRuns) => void,
): ((url: string) => void) => {
  let latest: string | undefined;
  return url => {
    if (openServer === undefined) {
      store.dispatch({type: 'notice/shown', text: 'not available while recording', tone: 'problem'});
      return;
    }

    latest = url;
    const name = store.get().session.workspaceNamesByUrl?.get(url) ?? url;
    store.dispatch({type: 'notice/shown', text: `connecting to ${name}`, tone: 'info'});
    void openServer(url).then(opened => {
      if (latest !== url) {
        return;
      }

      if (opened.ok) {
        moveTo(opened.value);
      } else {
        const {message, hint} = opened.problem;
        store.dispatch({type: 'notice/shown', text: `${message} ${hint}`, tone: 'problem'});
      }
    });
  };
};
