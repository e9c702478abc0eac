import { Token } from 'aws-cdk-lib';
import { EndpointType } from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';
import { PropCheck, unquoted } from '../../props/prop-check';
import { checkDomainChoice } from '../http-rules';
import { checkGatewayResponses } from './gateway-responses';
import { checkOwnApi } from './own-api-rules';
import type { RestOptions } from './rest-options';
import { checkUsagePlans } from './usage-plans';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
const CACHE_SIZES = [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237];

/** Checks the options of a REST API before anything is created. */
export function checkRestOptions(options: RestOptions, check: PropCheck, app: IConstruct): void {
  const { endpointType, vpcEndpoints, domain, existingDomain, cache } = options;
  if (options.api !== undefined) {
    checkOwnApi(options.api, options, app, check);
    return;
  }
  checkDomainChoice(options, check, 'rest');
  const isPrivate = vpcEndpoints !== undefined;
  if (endpointType !== undefined && (endpointType === EndpointType.PRIVATE) !== isPrivate) {
    throw check.error(
      'vpcEndpoints',
      'must be given for a private API, and only for one',
      unquoted(`endpointType ${endpointType} ${isPrivate ? 'with' : 'without'} endpoints`),
      'give both, or leave out both',
    );
  }
  if (
    (isPrivate || endpointType === EndpointType.EDGE) &&
    (domain ?? existingDomain) !== undefined
  ) {
    throw check.error(
      domain === undefined ? 'existingDomain' : 'domain',
      'must be left out if the API is not regional',
      unquoted('both'),
      'leave out `endpointType` and `vpcEndpoints`, or create the domain yourself',
    );
  }
  refuseRepeated(
    'vpcEndpoints',
    vpcEndpoints?.map(({ vpcEndpointId }) => vpcEndpointId),
    check,
  );
  refuseRepeated('binaryMediaTypes', options.binaryMediaTypes, check);
  checkGatewayResponses(options, check);
  const { sizeGb } = cache ?? {};
  if (sizeGb !== undefined && !Token.isUnresolved(sizeGb) && !CACHE_SIZES.includes(sizeGb)) {
    throw check.error(
      'cache.sizeGb',
      `must be one of ${CACHE_SIZES.join(', ')}`,
      sizeGb,
      'use one of these sizes',
    );
  }
  checkUsagePlans(options, check);
}

/** CloudFormation rejects a list that has an item twice. An endpoint of the app has a token as its id, which is the same each time. */
function refuseRepeated(prop: string, items: readonly string[] = [], check: PropCheck): void {
  const repeated = items.find((item, i) => items.indexOf(item) !== i);
  if (repeated !== undefined) {
    const got = unquoted(Token.isUnresolved(repeated) ? 'one twice' : `"${repeated}" twice`);
    throw check.error(prop, 'must not repeat an item', got, 'leave one of them out');
  }
}
