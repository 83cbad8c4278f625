type JsonBody = Record<string, unknown>;

const request = async (url: string, init: RequestInit): Promise<JsonBody> => {
  const response = await fetch(url, init);
  if (!response.ok) {
    throw new Error(`${init.method ?? 'GET'} ${url} returned ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as JsonBody;
};

/** Signs in with a password; resolves with the access token. */
const signIn = async (server: string, username: string, password: string): Promise<string> => {
  const body = new URLSearchParams({username, password});
  return String((await request(`${server}/api/v1/login`, {method: 'POST', body}))['access_token']);
};

/** Creates a service account and resolves with an API key for it. */
export const createApiKey = async (server: string, username: string, password: string): Promise<string> => {
  const token = await signIn(server, username, password);
  const post = (path: string, body: object) =>
    request(`${server}/api/v1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'application/json'},
    });
  const account = await post('/service_accounts', {name: 'monitor', description: '', active: true});
  const key = await post(`/service_accounts/${account['id']}/api_keys`, {name: 'watch', description: ''});
  return String((key['body'] as JsonBody)['key']);
};

/** Creates a token for the user that expires in `seconds`; the server accepts it for about ten seconds longer, its leeway. */
export const createShortLivedToken = async (
  server: string,
  username: string,
  password: string,
  seconds: number,
): Promise<string> => {
  const token = await signIn(server, username, password);
  const query = `token_type=generic&expires_in=${seconds}`;
  const response = await fetch(`${server}/api/v1/api_token?${query}`, {headers: {Authorization: `Bearer ${token}`}});
  if (!response.ok) {
    throw new Error(`/api_token returned ${response.status}`);
  }
  return (await response.json()) as string;
};

/**
 * Sends a GET request to the server's API, signed in if there are credentials. Gets a new token each time, since tokens may be
 * short-lived.
 */
export const requestServer = async (
  server: string,
  credentials: {readonly username: string; readonly password: string} | undefined,
  path: string,
): Promise<JsonBody> => {
  const token = credentials && (await signIn(server, credentials.username, credentials.password));
  return request(`${server}/api/v1${path}`, {headers: token === undefined ? {} : {Authorization: `Bearer ${token}`}});
};
