import { Token } from 'aws-cdk-lib';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import type { PropCheck } from '../../props/prop-check';
import { didYouMean } from '../../props/nearest';
import { errorHeaders } from './rest-cors';
import type { GatewayResponseOptions, RestOptions } from './rest-options';

/** A value that API Gateway reads from the request; anything else is a constant. */
const REFERENCE = /^(context|stageVariables|method\.request)\./;
const DEFAULTS = ['DEFAULT_4XX', 'DEFAULT_5XX'];

/** Rejects types of response that API Gateway does not know, and values that it would misread. */
export function checkGatewayResponses(
  { gatewayResponses = {} }: RestOptions,
  check: PropCheck,
): void {
  const known = responseTypes();
  for (const [type, { headers = {} }] of Object.entries(gatewayResponses)) {
    const at = check.at(`gatewayResponses.${type}`);
    if (!known.includes(type)) {
      throw at.error(
        '',
        'must be a type of response that API Gateway knows',
        type,
        didYouMean(type, known, `write one of ${known.join(', ')}`),
      );
    }
    for (const [name, value] of Object.entries(headers)) {
      if (!Token.isUnresolved(value) && /['\r\n]/.test(value)) {
        throw at.error(
          `headers.${name}`,
          'must have no quote and no line break, which API Gateway cannot send in a constant',
          value,
          'use other characters',
        );
      }
    }
  }
}

/** The responses of API Gateway itself, in its own notation. Each has the headers of `cors`, also where the user changes the rest. */
export function gatewayResponses(
  cors: CorsPreflightOptions | undefined,
  responses: Readonly<Record<string, GatewayResponseOptions>> = {},
): Record<string, object> {
  const types = new Set([...(cors === undefined ? [] : DEFAULTS), ...Object.keys(responses)]);
  return Object.fromEntries(
    [...types].map((type) => {
      const { statusCode, headers = {}, templates } = responses[type] ?? {};
      const parameters = {
        ...(cors === undefined ? {} : errorHeaders(cors)),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            `gatewayresponse.header.${name}`,
            REFERENCE.test(value) ? value : `'${value}'`,
          ]),
        ),
      };
      return [
        type,
        {
          ...(statusCode === undefined ? {} : { statusCode }),
          ...(Object.keys(parameters).length === 0 ? {} : { responseParameters: parameters }),
          ...(templates === undefined ? {} : { responseTemplates: templates }),
        },
      ];
    }),
  );
}

function responseTypes(): string[] {
  return Object.values(ResponseType).flatMap((type: unknown) =>
    type instanceof ResponseType ? [type.responseType] : [],
  );
}
