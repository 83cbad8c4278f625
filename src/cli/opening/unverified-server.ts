import type {Connection} from '../../connection/open-connection.js';
import {printNote} from '../printing/print.js';

/** The server could be anybody: that is never so without a word. */
export const isUnverified = ({serverUrl, settings}: Pick<Connection, 'serverUrl' | 'settings'>): boolean =>
  serverUrl.startsWith('https:') && !settings.tls.value.isVerified;

/** Says on standard error, before anything is sent that is meant for the server alone, that it could be anybody. */
export const warnIfUnverified = (connection: Pick<Connection, 'serverUrl' | 'settings'>): void => {
  if (isUnverified(connection)) {
    printNote(`certificates are not verified (verify_ssl of ${connection.settings.tls.origin}).`);
  }
};
