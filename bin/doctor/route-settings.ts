import { kindOf } from '../../lib/kinds/trigger-kinds';
import type { AppModel } from '../../lib/model/app-model';
import { resolvedText } from '../../lib/model/resolved';
import type { Finding } from './check';

/**
 * Compares the routes that have settings in the deployed stage with those that the app throttles. CloudFormation merges an update
 * with the settings of the stage, so a removed throttle stays there, and blocks later deployments once its route is gone.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename-routesettings-routekey.html
 *
 * @param found the route keys with settings in the stage; undefined if the stage does not exist
 */
export function checkRouteSettings(
  { functions }: AppModel,
  apiId: string,
  found: readonly string[] | undefined,
): Finding {
  const id = 'route-settings';
  if (found === undefined) {
    return { id, status: 'skipped', text: 'the API is not deployed yet' };
  }
  const throttled = new Set(
    functions.flatMap(({ triggers }) =>
      triggers.flatMap((trigger) => {
        const { rateLimit, burstLimit } = kindOf(trigger).caller?.throttleOf?.(trigger) ?? {};
        return rateLimit === undefined && burstLimit === undefined
          ? []
          : [resolvedText(trigger.source)];
      }),
    ),
  );
  const left = found.filter((key) => !throttled.has(key));
  return left.length === 0
    ? { id, status: 'ok', text: 'no settings of removed throttles remain in the stage' }
    : {
        id,
        status: 'warning',
        text: `the stage keeps settings of ${left.map((key) => `\`${key}\``).join(', ')}, which the app does not throttle`,
        fix: left
          .map(
            (key) =>
              `aws apigatewayv2 delete-route-settings --api-id ${apiId} --stage-name '$default' --route-key '${key}'`,
          )
          .join(' && '),
      };
}
