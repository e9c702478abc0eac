import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../props/prop-check';
import { HttpOptions } from './http-options';

/** Checks the options of an API before anything is created. */
export function checkHttpOptions(options: HttpOptions, check: PropCheck): void {
  checkDomainPath(options.domain?.path, check.at('domain'));
  checkDomainPath(options.existingDomain?.path, check.at('existingDomain'));
  if (options.domain !== undefined && options.existingDomain !== undefined) {
    throw check.error(
      'existingDomain',
      'must be left out together with `http.domain`, which the app makes',
      unquoted('both'),
      'leave out one of them',
    );
  }
  if (options.apiOptions?.createDefaultStage === false) {
    refuseWithoutStage(options, check);
  }
  if (options.api !== undefined) {
    refuseWhatIsTheirs(options, check);
  }
}

function checkDomainPath(path: string | undefined, check: PropCheck): void {
  if (path !== undefined && !Token.isUnresolved(path) && /^\/|\/$|^$/.test(path)) {
    throw check.error('path', 'must not begin or end with `/`', path, 'write for example `v1`');
  }
}

/** These settings belong to a stage that the app does not create. Ignoring them silently would look like success. */
function refuseWithoutStage(options: HttpOptions, check: PropCheck): void {
  const { throttle, accessLog, accessLogGroup, accessLogFormat, domain, existingDomain } = options;
  const ofStage = { throttle, accessLog, accessLogGroup, accessLogFormat, domain, existingDomain };
  for (const [prop, value] of Object.entries(ofStage)) {
    if (value !== undefined) {
      throw check.error(
        prop,
        'must be left out together with `apiOptions.createDefaultStage: false`',
        unquoted('both'),
        'set it on the stage that you create, or let the app create the stage',
      );
    }
  }
}

/** The app cannot change these settings on an API of the user's. Ignoring them silently would look like success. */
function refuseWhatIsTheirs(options: HttpOptions, check: PropCheck): void {
  const { apiOptions, cors, throttle, accessLog, accessLogGroup, accessLogFormat } = options;
  const { domain, existingDomain } = options;
  const ofApi = { apiOptions, cors, throttle, accessLog, accessLogGroup, accessLogFormat };
  const theirs = { ...ofApi, domain, existingDomain };
  for (const [prop, value] of Object.entries(theirs)) {
    if (value !== undefined) {
      throw check.error(
        prop,
        'must be left out together with `http.api`, which the app does not change',
        unquoted('both'),
        `set it where you create that API, or leave out \`http.api\``,
      );
    }
  }
}
