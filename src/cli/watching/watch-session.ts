import type {Connection} from '../../connection/open-connection.js';
import {parseServerUrl} from '../../connection/server-url.js';
import type {Intervention} from '../../domain/intervention/intervention.js';
import type {Project} from '../../domain/server.js';
import {measureSanitizedText} from '../../format/sanitize-to-width.js';
import type {Clock} from '../../poll/clock.js';
import {startEventStream} from '../../poll/event-stream.js';
import {startPoller} from '../../poll/poller.js';
import type {Action} from '../../store/action.js';
import {pageSize} from '../../store/runs/runs.js';
import {getRunsPageKey} from '../../store/runs/runs-needs.js';
import type {Session} from '../../store/session.js';
import {createInitialState, type ScreenSize} from '../../store/state.js';
import {createStore, type Store} from '../../store/store.js';
import {logAction} from '../opening/log-file.js';
import type {OpenedRun} from '../opening/open-run.js';
import type {OpenedRuns} from '../opening/open-runs.js';
import type {RunTime} from '../opening/run-time.js';
import {isUnverified} from '../opening/unverified-server.js';
import type {WatchOptions} from '../options/watch-options.js';
import {interveneOnScreen} from './intervene-on-screen.js';

type WatchSession = {
  readonly store: Store;
  /** Switches to another server. */
  readonly moveTo: (next: OpenedRuns) => void;
  /** Carries out an intervention on the current server. */
  readonly intervene: (intervention: Intervention) => void;
  readonly stop: () => void;
};

type WatchSessionOptions = {
  /** A run, or the runs of a project. */
  readonly opened: OpenedRun | OpenedRuns;
  /** The initial filter of the list of runs. */
  readonly filter?: string;
  readonly watch: WatchOptions;
  readonly size: ScreenSize;
  readonly isDemo: boolean;
  /** The run's own project, if its name is known. */
  readonly project?: Project | undefined;
  /** Only lines are printed, so nothing is requested for panes. */
  readonly isScreenless?: boolean;
};

/** How often the clock on the screen ticks, in milliseconds; less often once nothing counts up. */
const tickMs = 1000;
const idleTickMs = 5000;

/** For this long after the end, in milliseconds, the clock keeps its rate, because responses may still be pending. */
const endingMs = 30_000;

/** Starts watching what was opened: a store that contains it, a poller, and the clock. */
export const startWatchSession = (options: WatchSessionOptions): WatchSession => {
  const {opened, size, filter = ''} = options;
  const {connection, time} = opened;
  const runId = 'resolved' in opened ? opened.resolved.run.id : undefined;
  time.start();
  const {log} = connection;
  const initial = createInitialState(buildSession(options), {now: time.clock.now(), size, runId});
  let current = connection;
  const onAction = (action: Action): void => {
    // A user who asks for a poll knows that another attempt to sign in is worthwhile.
    if (action.type === 'polling/demanded') {
      current.retrySignIn();
    }

    if (log !== undefined) {
      logAction(log, action);
    }
  };
  const store = createStore(initial, {onAction, now: time.clock.now});
  if ('resolved' in opened) {
    opened.onStore?.(store);
  }

  store.dispatch(createFirstNews(opened));
  openProjectMenu(store, opened);
  if (isUnverified(connection)) {
    const text = `TLS certificates are not verified (verify_ssl in ${connection.settings.tls.origin})`;
    store.dispatch({type: 'notice/shown', text, tone: 'problem'});
  }

  if (filter !== '') {
    store.dispatch({type: 'runs/filtered', text: filter});
  }

  const poll = ({client}: Connection): (() => void) => {
    const stopPoller = startPoller({store, client, clock: time.clock, random: time.random});
    const stopStream = startEventStream({store, client, clock: time.clock});
    return () => {
      stopPoller();
      stopStream();
    };
  };
  let stopPolling = poll(connection);
  const stopClock = startClock(store, time.clock);
  const stopFinalPoll = startFinalPoll(store, time);
  return {
    store,
    intervene: intervention => void interveneOnScreen(store, current, intervention),
    moveTo: next => {
      stopPolling();
      current = next.connection;
      const {serverUrl, settings} = next.connection;
      const {connectionArguments} = settings;
      store.dispatch({type: 'server/chosen', serverUrl, connectionArguments, project: next.listed.project});
      store.dispatch(createFirstNews(next));
      openProjectMenu(store, next);
      stopPolling = poll(next.connection);
    },
    stop: () => {
      stopPolling();
      stopClock();
      stopFinalPoll();
    },
  };
};

const buildSession = ({opened, watch, isDemo, project, isScreenless = false}: WatchSessionOptions): Session => ({
  serverUrl: opened.connection.serverUrl,
  connectionArguments: opened.connection.settings.connectionArguments,
  project: 'resolved' in opened ? project : opened.listed.project,
  intervalMs: watch.intervalMs,
  isReadOnly: watch.isReadOnly,
  measureText: measureSanitizedText,
  isDemo,
  isUnverified: isUnverified(opened.connection),
  isScreenless,
  isFollowingPipeline: watch.isFollowing,
  keys: watch.keys,
  filters: watch.filters,
  columns: watch.columns,
  servers: isDemo ? [] : getKnownServers(opened.connection),
  workspaceNamesByUrl: isDemo ? new Map() : getWorkspaceNames(opened.connection),
  replaySpeed: opened.time.replay?.speed,
});

/** The current server and those that `zenml login` knows, without the control plane of ZenML Pro, which has no runs. */
const getKnownServers = ({serverUrl, settings}: Connection): readonly string[] => {
  const {credentials} = settings.configuration;
  const logins = (credentials.ok ? credentials.value : []).filter(login => !login.isControlPlane);
  const urls = logins.map(login => parseServerUrl(login.serverUrl));
  return [...new Set([serverUrl, ...urls.flatMap(url => (url.ok ? [url.url] : []))])];
};

const getWorkspaceNames = ({settings}: Connection): ReadonlyMap<string, string> => {
  const {credentials} = settings.configuration;
  return new Map(
    (credentials.ok ? credentials.value : []).flatMap(({serverUrl, workspaceName}) => {
      const url = parseServerUrl(serverUrl);
      return url.ok && workspaceName !== undefined ? [[url.url, workspaceName] as const] : [];
    }),
  );
};

const createFirstNews = (opened: OpenedRun | OpenedRuns): Action => {
  if ('resolved' in opened) {
    const {run, timing} = opened.resolved;
    return {type: 'news/arrived', key: `run:${run.id}`, news: {kind: 'run', run, isHydrated: true}, ...timing};
  }

  const {runs, total, timing} = opened.listed;
  const page = {items: runs, index: 1, pageCount: Math.max(1, Math.ceil(total / pageSize)), total};
  const news = {kind: 'runs', subset: 'page', filters: {}, size: pageSize, page} as const;
  return {type: 'news/arrived', key: getRunsPageKey({}, 1), news, ...timing};
};

/** Lets the user choose the project if there are several and none is configured. */
const openProjectMenu = (store: Store, opened: OpenedRun | OpenedRuns): void => {
  if ('listed' in opened && opened.listed.project.isGuess === true) {
    store.dispatch({type: 'choosing/opened', what: 'project'});
  }
};

/** Polls at the end of a replay, because the last recorded response usually falls between two polls. */
const startFinalPoll = (store: Store, {clock, replay}: RunTime): (() => void) =>
  replay === undefined
    ? () => {}
    : clock.after(replay.endAt - clock.now(), () => store.dispatch({type: 'polling/demanded'}));

const startClock = (store: Store, clock: Clock): (() => void) => {
  let cancel: () => void;
  const tick = (): void => {
    store.dispatch({type: 'clock/ticked', now: clock.now()});
    const {openRun, notice, now} = store.get();
    const since = openRun?.overAt && Math.max(openRun.overAt, openRun.openedAt);
    const isIdle = since !== undefined && now - since > endingMs && notice === undefined;
    cancel = clock.after(isIdle ? idleTickMs : tickMs, tick);
  };
  cancel = clock.after(tickMs, tick);
  return () => cancel();
};
