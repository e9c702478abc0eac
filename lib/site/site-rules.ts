import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppContext } from '../core/app-context';
import { requireFreeId } from '../core/free-ids';
import { checkSiteDomain, claimSiteDomain } from '../http/domain-rules';
import { checkProps } from '../props/check-props';
import { PropCheck, unquoted } from '../props/prop-check';
import { WithDefaults, withDefaults } from '../props/prop-set';
import { SITE_PROPS } from './site-prop-set';
import type { SiteProps } from './site-props';

/** The props with their defaults. */
export type SiteSettings = WithDefaults<SiteProps, (typeof SITE_PROPS)['props']>;

/** The scope of a new site: the app. */
export function scopeOfSite(scope: Construct, id: string): Construct {
  requireFreeId(AppContext.of(scope), id, 'sites', 'give it another id: `{ id: "…" }`');
  return scope;
}

/**
 * Regions in which CloudFormation has no CloudFront function or origin access control, according to the regional schemas of cfn-lint
 * 1.58, read on 2026-11-28. GovCloud regions have no distribution either.
 */
const REGIONS_WITHOUT_SITES = /^(cn|us-gov)-/;

/** Whether a site can be in a stack in that region. */
export function supportsSites(region: string): boolean {
  return !REGIONS_WITHOUT_SITES.test(region);
}

function requireRegion(app: Construct, check: PropCheck): void {
  const { region } = Stack.of(app);
  if (!Token.isUnresolved(region) && !supportsSites(region)) {
    throw check.error(
      '',
      'must be in a stack in a region where CloudFormation supports AWS::CloudFront::Function',
      unquoted(`a site in ${region}`),
      'create it in a stack of another region and partition, or serve the files another way there',
    );
  }
}

/** Checks the props, records which defaults they change, and rejects what CloudFront would reject, or what would have no effect. */
export function checkedSettings(
  { app, changes }: AppContext,
  props: SiteProps,
  check: PropCheck,
): SiteSettings {
  checkProps(props, SITE_PROPS, check);
  requireRegion(app, check);
  const settings = withDefaults(props, SITE_PROPS, app.stage);
  const { apiPath, domain, immutable = [] } = settings;
  if (!/^[\w-]+(\/[\w-]+)*$/.test(apiPath)) {
    throw check.error(
      'apiPath',
      'must be a path of letters, digits, `-`, `_` and `/`, without a slash at either end',
      apiPath,
      'write, for example, `api` or `api/v1`',
    );
  }
  immutable.forEach((prefix, i) => {
    if (!/^[^/].*\/$/.test(prefix)) {
      throw check.error(
        `immutable[${i}]`,
        'must be a folder of the site, with a trailing slash and no leading slash',
        prefix,
        'write, for example, `assets/`',
      );
    }
  });
  if (domain !== undefined) {
    checkSiteDomain(domain, check.at('domain'));
    if (!Token.isUnresolved(domain.domainName)) {
      claimSiteDomain(domain.domainName, app, check.at('domain'));
    }
  }
  changes.record(props, SITE_PROPS, check.base);
  return settings;
}
