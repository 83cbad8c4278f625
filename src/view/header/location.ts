import type {Run} from '../../domain/run.js';
import {countCells} from '../../format/cells.js';
import {createSegment, type Line, type Segment} from '../../format/line.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import type {State} from '../../store/state.js';

/** Longest name in the header, in cells. */
const maxNameCells = 60;

const formatName = (text: string): string => sanitizeToWidth(text, maxNameCells);

/** The name of the ZenML Pro workspace (`acme › prod`), else the server's own name, else its host; `demo` in the demo. */
export const formatServerName = ({session, server}: State, separator = '›'): string => {
  const workspace = session.workspaceNamesByUrl?.get(session.serverUrl)?.replaceAll('›', separator);
  return session.isDemo ? 'demo' : formatName(workspace ?? server?.name ?? getHost(session.serverUrl));
};

const getHost = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;

/**
 * Server and project: `prod › default`, with a warning if the server's certificate is not verified. The server is not shown before
 * the project is known: otherwise the title beside them would move twice.
 */
export const renderLocation = (state: State, separator: string): Line => {
  const project = state.session.project?.name;
  const server = formatServerName(state, separator);
  const warning = state.session.isUnverified === true ? [createSegment(' certificate not verified', 'warning')] : [];
  return project === undefined
    ? warning
    : [createSegment(`${server} ${separator} ${formatName(project)}`, 'dim'), ...warning];
};

/** Pipeline and run number: `training_pipeline #42`; the run's own name if it has no pipeline. The name is cut to fit `width`. */
export const renderRunTitle = (run: Run | undefined, width = Infinity): Line => {
  if (run === undefined) {
    return [];
  }

  const number = run.index === undefined ? '' : ` #${run.index}`;
  const name = formatName(run.pipeline?.name ?? run.name);
  const room = width - number.length;
  const title: Segment = createSegment(countCells(name) <= room ? name : sanitizeToWidth(name, room), 'strong');
  return number === '' ? [title] : [title, createSegment(number, 'dim')];
};

/** The name of the run, unless the title already shows it. */
export const renderRunName = (run: Run | undefined): Line =>
  run?.pipeline === undefined ? [] : [createSegment(formatName(run.name), 'dim')];
