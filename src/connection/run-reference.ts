import {type RunId, toRunId} from '../domain/ids.js';
import {removeQuotes} from './server-url.js';

/** The parts of a run's dashboard URL. */
export type RunUrl = {
  readonly id: RunId;
  /** The URL up to the dashboard's own paths; in ZenML Pro this is not the server of a workspace. */
  readonly dashboardUrl: string;
  /** ID or name of the workspace, in ZenML Pro. */
  readonly workspace: string | undefined;
};

/** What RUN on the command line refers to, before any request is sent. */
export type RunReference =
  | {readonly kind: 'none'}
  | {readonly kind: 'latest'}
  | {readonly kind: 'id'; readonly id: RunId}
  /** Hexadecimal, so it may be the beginning of an ID; `hex` is in lower case without dashes. */
  | {readonly kind: 'prefix'; readonly text: string; readonly hex: string}
  | {readonly kind: 'name'; readonly text: string}
  | {readonly kind: 'url'; readonly url: RunUrl}
  /** A URL, but not of a run. */
  | {readonly kind: 'not-a-run-url'; readonly text: string};

const minPrefixLength = 4;

/** The ID written in 32 hexadecimal digits, with or without dashes, in any case. */
const parseHexRunId = (text: string): RunId | undefined => {
  const hex = text.toLowerCase().replaceAll('-', '');
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(hex);
  return parts === null ? undefined : toRunId(parts.slice(1).join('-'));
};

const isHttpUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/** What the dashboard and the API put before `/runs/ID`; what precedes that is where they are served. */
const ownPathPattern =
  /(?:\/api\/v1|(?:\/organizations\/[^/]+)?(?:\/(?:workspaces|tenants)\/[^/]+)?(?:\/projects\/[^/]+)?(?:\/pipelines\/[^/]+)?)$/;

const findSegmentAfter = (segments: readonly string[], word: string): string | undefined => {
  const at = segments.indexOf(word);
  return at === -1 ? undefined : segments[at + 1];
};

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const parseRunUrl = (text: string): RunUrl | undefined => {
  if (!URL.canParse(text)) {
    return undefined;
  }

  const url = new URL(text);
  const path = url.pathname.replaceAll(/\/{2,}/g, '/');
  const [, before = '', word = ''] = /^(.*)\/runs\/([^/]+)/.exec(path) ?? [];
  const id = parseHexRunId(decodeSegment(word));
  if (id === undefined) {
    return undefined;
  }

  const prefix = before.replace(ownPathPattern, '');
  const segments = before.slice(prefix.length).split('/').map(decodeSegment);
  const workspace = findSegmentAfter(segments, 'workspaces') ?? findSegmentAfter(segments, 'tenants');
  const isPro = segments.includes('organizations') || (workspace !== undefined && segments.includes('projects'));
  return {
    id,
    dashboardUrl: url.origin + prefix,
    // Before 0.80, a project of an open-source server was called a workspace.
    workspace: isPro ? workspace : undefined,
  };
};

/**
 * Parses RUN: an ID, the beginning of one (four digits or more), a name, a dashboard URL (open source or Pro), `latest`, or
 * nothing.
 */
export const parseRunReference = (text: string | undefined): RunReference => {
  const word = text?.trim() ?? '';
  if (word === '') {
    return {kind: 'none'};
  }

  if (word === 'latest') {
    return {kind: 'latest'};
  }

  if (isHttpUrl(removeQuotes(word))) {
    const url = parseRunUrl(removeQuotes(word));
    return url === undefined ? {kind: 'not-a-run-url', text: word} : {kind: 'url', url};
  }

  const id = parseHexRunId(word);
  if (id !== undefined) {
    return {kind: 'id', id};
  }

  const hex = word.toLowerCase().replaceAll('-', '');
  const isPrefix = /^[0-9a-f-]+$/i.test(word) && hex.length >= minPrefixLength && hex.length < 32;
  return isPrefix ? {kind: 'prefix', text: word, hex} : {kind: 'name', text: word};
};
