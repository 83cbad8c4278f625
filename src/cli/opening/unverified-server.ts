import type {Connection} from '../../connection/open-connection.js';
import {printNote} from '../printing/print.js';

/** Whether TLS certificates are not verified, so that anyone could pose as the server. */
export const isUnverified = ({serverUrl, settings}: Pick<Connection, 'serverUrl' | 'settings'>): boolean =>
  serverUrl.startsWith('https:') && !settings.tls.value.isVerified;

/** Warns on standard error, before any credentials are sent, if certificates are not verified. */
export const warnIfUnverified = (connection: Pick<Connection, 'serverUrl' | 'settings'>): void => {
  if (isUnverified(connection)) {
    printNote(`TLS certificates are not verified (verify_ssl in ${connection.settings.tls.origin}).`);
  }
};
