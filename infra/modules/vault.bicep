// The secrets that aren't identities: two link keys, the intake secret, the delivery webhook's two secrets, and where GOV.UK Notify sends,
// its key and its callback's token. A hook makes them in the vault itself, but for Notify's key.

@description('Name of the vault.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Object id of whoever deploys; empty: nobody is let in to write.')
param deployerPrincipalId string

@description('Kind of the deploying principal.')
param deployerPrincipalType string

@description('True: reached by a private endpoint only, and from the addresses given.')
param isPrivate bool

@description('Public addresses, or ranges of them, from which a private vault is reached too.')
param addresses string[]

@description('True: a lock keeps the vault from being deleted.')
param deletionLock bool

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    // after-deployment.bicep hands the webhook's secret to Event Grid without anyone seeing it.
    enabledForTemplateDeployment: true
    publicNetworkAccess: isPrivate && empty(addresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      // Resource Manager hands a secret to Event Grid (delivery-subscription.bicep).
      bypass: 'AzureServices'
      ipRules: isPrivate ? map(addresses, address => { value: address }) : []
    }
  }
}

// The keys of every emailed link are in it.
resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (deletionLock) {
  name: 'keep-secrets'
  scope: vault
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the keys of emailed links. infra/README.md says how to take an installation down.'
  }
}

// Role: Key Vault Secrets User, on this vault alone, which holds nothing but this app's secrets. The app's settings refer to them; the role
// reads values and writes none.
resource appReadsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appPrincipalId, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Role: Key Vault Secrets Officer, on this vault alone, for whoever deploys. The hooks make the missing secrets and rotate keys; a
// subscription's owner has no access to secrets without it.
resource deployerWritesSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerPrincipalId)) {
  name: guid(vault.id, deployerPrincipalId, secretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
    principalId: deployerPrincipalId
    principalType: deployerPrincipalType
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
