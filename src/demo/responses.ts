/** A response. `text` is the body as it is sent. */
export type DemoResponse = {
  readonly status: number;
  readonly text: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const buildJsonResponse = (body: unknown, status = 200): DemoResponse => ({status, text: JSON.stringify(body)});

export const buildJsonTextResponse = (text: string): DemoResponse => ({status: 200, text});

export const buildTextResponse = (text: string, status: number): DemoResponse => ({
  status,
  text,
  contentType: 'text/plain; charset=utf-8',
});

/** An exception raised by ZenML: its class and its message. */
export const buildZenmlError = (status: number, name: string, message: string): DemoResponse =>
  buildJsonResponse({detail: [name, message]}, status);

/** An error of the web framework, or one that ZenML sends without an exception. */
export const buildPlainError = (status: number, detail: string): DemoResponse => buildJsonResponse({detail}, status);

/** Python quotes the message of a `KeyError`, with double quotes if it contains single ones. */
const formatKeyError = (message: string): string => (message.includes("'") ? `"${message}"` : `'${message}'`);

export const buildKeyError = (message: string): DemoResponse =>
  buildZenmlError(404, 'KeyError', formatKeyError(message));

export const buildMissingEntityError = (kind: string, id: string): DemoResponse =>
  buildKeyError(`Unable to get ${kind} with ID '${id}': No ${kind} with this ID found`);

export const buildMissingProjectError = (nameOrId: string): DemoResponse =>
  buildKeyError(
    `Unable to get project with name or ID '${nameOrId}': '${nameOrId}' is not a valid  UUID and no project with this ` +
      'name exists.',
  );

export const notFoundResponse = buildPlainError(404, 'Not Found');
export const notAllowedResponse = buildPlainError(405, 'Method Not Allowed');

/** A filter value that ZenML's filter model rejects. */
export const buildFilterError = (model: string, message: string): DemoResponse =>
  buildZenmlError(
    422,
    'ValueError',
    `1 validation error for ${model}\n  Value error, ${message} [type=value_error, input_value={'sort_by': 'created', 'l..., ` +
      `'cache_expired': None}, input_type=dict]\n    For further information visit https://errors.pydantic.dev/2.12/v/value_error`,
  );

export const buildSortError = (model: string, value: string): DemoResponse =>
  buildZenmlError(
    422,
    'ValueError',
    `1 validation error for ${model}\nsort_by\n  Value error, You can only sort by valid fields of this resource ` +
      `[type=value_error, input_value='${value}', input_type=str]\n    For further information visit ` +
      'https://errors.pydantic.dev/2.12/v/value_error',
  );

/** A malformed parameter. It is rejected before ZenML sees it, so the body is an array instead of an object. */
export const buildValidationError = (parts: {
  readonly type: string;
  readonly place: 'path' | 'query';
  readonly name: string;
  readonly message: string;
  readonly input: string;
  readonly route: string;
  readonly context?: string;
}): DemoResponse =>
  buildJsonResponse(
    [
      'ValueError',
      `1 validation error:\n  {'type': '${parts.type}', 'loc': ('${parts.place}', '${parts.name}'), 'msg': '${parts.message}', ` +
        `'input': '${parts.input}'${parts.context === undefined ? '' : `, 'ctx': {${parts.context}}`}}\n\n  File ` +
        `"/opt/venv/lib/python3.11/site-packages/zenml/zen_server/utils.py", line 386, in endpoint\n    ${parts.route}`,
    ],
    422,
  );

export const buildPageError = (page: number, size: number, total: number, pages: number): DemoResponse =>
  buildZenmlError(
    400,
    'ValueError',
    `Invalid page ${page}. The requested page size is ${size} and there are a total of ${total} items for this query. ` +
      `The maximum page value therefore is ${pages}.`,
  );
