import hljs from 'highlight.js/lib/core';
import python from 'highlight.js/lib/languages/python';
import {memoizeLast} from '../domain/memoize.js';
import type {Line, Tone} from './line.js';
import {sanitizeLines} from './safe-text.js';

hljs.registerLanguage('python', python);

/** Longer source is shown without colors. */
const maxHighlightedLength = 100_000;

const toneByClass: Readonly<Record<string, Tone>> = {
  'hljs-keyword': 'accent',
  'hljs-literal': 'accent',
  'hljs-string': 'good',
  'hljs-number': 'link',
  'hljs-comment': 'dim',
  'hljs-meta': 'warning',
  'hljs-title': 'strong',
  'hljs-built_in': 'link',
};

/** Python source as sanitized lines with syntax highlighting. */
export const renderPython = memoizeLast((source: string): readonly Line[] => {
  const clean = sanitizeLines(source);
  if (source.length > maxHighlightedLength) {
    return clean.map(text => [{text, tone: 'plain'}]);
  }

  return parseHighlightedHtml(hljs.highlight(clean.join('\n'), {language: 'python', ignoreIllegals: true}).value);
});

const characterByEntity: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

const markupPattern = /<span class="([^" ]+)[^"]*">|<\/span>|\n|[^<\n]+/g;

/** highlight.js returns HTML: spans with a class, and five characters as entities. */
const parseHighlightedHtml = (html: string): readonly Line[] => {
  const lines: {text: string; tone: Tone}[][] = [[]];
  const tones: Tone[] = ['plain'];
  for (const [token, className] of html.matchAll(markupPattern)) {
    if (className !== undefined) {
      tones.push(toneByClass[className] ?? tones.at(-1) ?? 'plain');
    } else if (token === '</span>') {
      tones.pop();
    } else if (token === '\n') {
      lines.push([]);
    } else {
      const text = token.replace(/&(?:amp|lt|gt|quot|#x27);/g, entity => characterByEntity[entity] ?? entity);
      lines.at(-1)?.push({text, tone: tones.at(-1) ?? 'plain'});
    }
  }

  return lines;
};
