import type {Script} from '../script.js';

/** The project, users and stack that all scenarios share. */
export const fraudProject: Pick<Script, 'project' | 'users' | 'stack'> = {
  project: 'fraud-detection',
  users: [
    {name: 'maya', fullName: 'Maya Lindqvist'},
    {name: 'jonas', fullName: 'Jonas Weber'},
    {name: 'priya', fullName: 'Priya Nair'},
    {name: 'nightly', fullName: '', isServiceAccount: true},
  ],
  stack: {name: 'gcp-prod', artifactStore: 'gcs-fraud-models', path: 'gs://fraud-models'},
};
