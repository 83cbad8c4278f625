import type {NamedEntity} from '../../domain/ids.js';
import type {JsonRecord} from '../../domain/json.js';
import type {Run} from '../../domain/run.js';
import type {RunContext} from '../../domain/run-context.js';
import type {Stack} from '../../domain/stack.js';
import {type Line, renderDim, renderPlain} from '../line.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {wrapLine} from '../wrap.js';
import {getValueCells, renderFactField, renderField} from './field.js';

type SetupInput = {readonly run: Run; readonly stack: Stack | undefined; readonly width: number};

const maxNameCells = 60;
const maxTextCells = 300;

const formatName = (text: string): string => sanitizeToWidth(text, maxNameCells);

/** Who started the run and where it runs. */
export const renderUserAndStack = ({run, stack, width}: SetupInput): readonly Line[] => {
  const orchestrator = stack?.orchestrator;
  const flavor = orchestrator?.flavor;
  return [
    ...renderEntityName('user', run.user),
    ...renderEntityName('stack', run.stack),
    ...renderFactField(
      'runs on',
      [
        orchestrator === undefined ? [] : [renderPlain(formatName(orchestrator.name))],
        flavor === undefined || flavor === orchestrator?.name ? [] : [renderDim(formatName(flavor))],
        run.context?.orchestratorRunId === undefined
          ? []
          : [renderDim('its run '), renderPlain(formatName(run.context.orchestratorRunId))],
      ],
      width,
    ),
    ...renderLinks(run.metadata ?? {}, width),
  ];
};

/** The labels of the URLs of a run in its orchestrator, by the keys under which ZenML stores them in the metadata. */
export const linkLabels = {orchestrator_url: 'page', orchestrator_logs_url: 'its logs'} as const;

const renderLinks = (metadata: JsonRecord, width: number): readonly Line[] =>
  Object.entries(linkLabels).flatMap(([key, label]) => {
    const url = metadata[key];
    return typeof url !== 'string'
      ? []
      : renderField(label, wrapLine([{text: sanitizeToWidth(url, 500), tone: 'link'}], getValueCells(width)));
  });

/** A field with the name of a user, a stack or the like; empty if there is none. */
export const renderEntityName = (label: string, named: NamedEntity<string> | undefined): readonly Line[] =>
  named === undefined ? [] : renderField(label, [[renderPlain(formatName(named.name))]]);

/** What ran: pipeline, name of the run, tags and model. */
export const renderPipeline = ({run, width}: Omit<SetupInput, 'stack'>): readonly Line[] => {
  const {pipeline, tags, context} = run;
  const kind = run.isDynamic === true ? [[renderDim('dynamic')]] : [];
  return [
    ...renderFactField(
      'pipeline',
      pipeline === undefined ? [] : [[renderPlain(formatName(pipeline.name))], ...kind],
      width,
    ),
    ...renderField('run', wrapLine([renderPlain(sanitizeToWidth(run.name, maxTextCells))], getValueCells(width))),
    ...renderFactField(
      'tags',
      tags.map(tag => [renderPlain(formatName(tag))]),
      width,
    ),
    ...renderFactField(
      'model',
      context?.modelVersion === undefined
        ? []
        : [
            [renderPlain(formatName(context.modelVersion))],
            ...(context.modelStage === undefined ? [] : [[renderDim(formatName(context.modelStage))]]),
          ],
      width,
    ),
  ];
};

/** Repository and commit. Without them, ZenML does not record whether there were uncommitted changes. */
export const renderCodeFields = ({run, width}: Omit<SetupInput, 'stack'>): readonly Line[] => {
  const {context} = run;
  return context === undefined ? [] : renderFactField('code', renderCodeFacts(context), width);
};

const renderCodeFacts = ({code, codePath}: RunContext): readonly Line[] => {
  if (code !== undefined) {
    return [
      ...(code.repository === undefined ? [] : [[renderPlain(formatName(code.repository))]]),
      [renderDim('commit '), renderPlain(sanitizeToWidth(code.commit.slice(0, 12), 12))],
      ...(code.subdirectory === undefined ? [] : [[renderDim('in '), renderPlain(formatName(code.subdirectory))]]),
      [renderDim('no uncommitted changes')],
    ];
  }

  const unknown: Line = [renderDim('no commit recorded: no code repository, or uncommitted changes')];
  return codePath === undefined ? [unknown] : [[renderDim('uploaded to '), renderPlain(formatName(codePath))], unknown];
};
