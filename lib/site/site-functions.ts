import { WEB_EXTENSIONS } from '../model/web-files';
import { SiteRouting } from './site-props';

// The code of CloudFront Functions, for the JavaScript runtime 2.0. Both run before the cache lookup, so that a page is cached once.

/**
 * Removes the path of the API from a request, because a CloudFront origin can only add a path. The site's default behaviour stays as it
 * is, so that no response of the API is replaced.
 *
 * @param apiPath `api`, without leading or trailing slashes
 */
export function apiPathCode(apiPath: string): string {
  return [
    'function handler(event) {',
    '  var request = event.request;',
    `  request.uri = request.uri.slice(${apiPath.length + 1}) || '/';`,
    '  return request;',
    '}',
  ].join('\n');
}

/**
 * Rewrites a path that is not a file to the page that answers it. A path is a file if it ends with the extension of a web file, or of a
 * file in the folder, so `/users/john.doe` is not a file.
 */
export function routingCode(routing: SiteRouting, extensions: readonly string[]): string {
  const all = [...new Set([...WEB_EXTENSIONS, ...extensions])].sort();
  const file = `/\\.(?:${all.join('|')})$/i`;
  const lines =
    routing === SiteRouting.SINGLE_PAGE
      ? ["  if (!FILE.test(request.uri)) request.uri = '/index.html';"]
      : [
          "  if (request.uri.endsWith('/')) request.uri += 'index.html';",
          "  else if (!FILE.test(request.uri)) request.uri += '/index.html';",
        ];
  return [
    `var FILE = ${file};`,
    'function handler(event) {',
    '  var request = event.request;',
    ...lines,
    '  return request;',
    '}',
  ].join('\n');
}
