import { didYouMean } from '../props/nearest';
import type { PropCheck } from '../props/prop-check';

/**
 * The actions that IAM authorizes against a user pool. Others have no effect in a statement that names one, for example
 * `ListUserPools`, or need no permission, for example `SignUp`. A test compares the list with AWS's authorization data.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
 */
export const USER_POOL_ACTIONS: ReadonlySet<string> = new Set(
  `
    AddCustomAttributes AddUserPoolClientSecret AdminAddUserToGroup AdminConfirmSignUp AdminCreateUser AdminDeleteSoftwareToken
    AdminDeleteUser AdminDeleteUserAttributes AdminDisableProviderForUser AdminDisableUser AdminEnableUser AdminForgetDevice
    AdminGetDevice AdminGetUser AdminGetUserAuthFactors AdminInitiateAuth AdminLinkProviderForUser AdminListDevices
    AdminListGroupsForUser AdminListUserAuthEvents AdminRemoveUserFromGroup AdminResetUserPassword AdminRespondToAuthChallenge
    AdminSetUserMFAPreference AdminSetUserPassword AdminSetUserSettings AdminUpdateAuthEventFeedback AdminUpdateDeviceStatus
    AdminUpdateUserAttributes AdminUserGlobalSignOut AssociateWebACL CreateGroup CreateIdentityProvider CreateManagedLoginBranding
    CreateResourceServer CreateTerms CreateUserImportJob CreateUserPoolClient CreateUserPoolDomain CreateUserPoolReplica DeleteGroup
    DeleteIdentityProvider DeleteManagedLoginBranding DeleteResourceServer DeleteTerms DeleteUserPool DeleteUserPoolClient
    DeleteUserPoolClientSecret DeleteUserPoolDomain DeleteUserPoolReplica DescribeIdentityProvider DescribeManagedLoginBranding
    DescribeManagedLoginBrandingByClient DescribeResourceServer DescribeRiskConfiguration DescribeTerms DescribeUserImportJob
    DescribeUserPool DescribeUserPoolClient DisassociateWebACL GetCSVHeader GetGroup GetIdentityProviderByIdentifier
    GetLogDeliveryConfiguration GetSigningCertificate GetUICustomization GetUserPoolMfaConfig GetWebACLForResource ListGroups
    ListIdentityProviders ListResourceServers ListTagsForResource ListTerms ListUserImportJobs ListUserPoolClientSecrets
    ListUserPoolClients ListUserPoolReplicas ListUsers ListUsersInGroup SetLogDeliveryConfiguration SetRiskConfiguration
    SetUICustomization SetUserPoolMfaConfig StartUserImportJob StopUserImportJob TagResource UntagResource UpdateAuthEventFeedback
    UpdateGroup UpdateIdentityProvider UpdateManagedLoginBranding UpdateResourceServer UpdateTerms UpdateUserPool UpdateUserPoolClient
    UpdateUserPoolDomain UpdateUserPoolReplica
  `
    .trim()
    .split(/\s+/),
);

/** Rejects a name that is not an action on a user pool: IAM would accept it, and grant nothing. */
export function checkUserPoolAction(prop: string, name: string, check: PropCheck): void {
  if (USER_POOL_ACTIONS.has(name)) {
    return;
  }
  if (/[*?]/.test(name)) {
    throw check.error(
      prop,
      'must be the name of an action, without wildcards, which would grant actions that AWS adds later',
      name,
      'name each action, for example `AdminGetUser`',
    );
  }
  const word = name.replace(/^cognito-idp:/i, '');
  const meant = didYouMean(word, [...USER_POOL_ACTIONS], 'correct or remove it.');
  throw check.error(
    prop,
    'must be the name of an action that Cognito authorizes for one user pool, without the service',
    name,
    `${meant} An action that is newer than this version is granted by \`userPool.grant(fn, 'cognito-idp:…')\``,
  );
}
