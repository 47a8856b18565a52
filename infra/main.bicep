// Everything the Azure host needs, in one resource group. Roles are given beside the resource they are for, each with its reason.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment. Names of resources are derived from it, the subscription and the location.')
param environmentName string

@minLength(1)
@description('Region of everything regional. It must offer Flex Consumption; uksouth does.')
param location string

@description('Object id of whoever deploys. It may then write secrets to the vault. Empty: nobody is given that.')
param principalId string = ''

@description('Kind of the deploying principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Where Communication Services keeps data at rest, in its own words. It can\'t be changed later.')
param dataLocation string = 'UK'

@description('Base of emailed links, with https:// and without a trailing slash. Empty: the function app\'s own address.')
param publicUrl string = ''

@description('Domain that emails come from, for example escalation.example.gov.uk. Empty: a domain that Azure manages, which sends 10 emails an hour: for trying out only.')
param emailDomain string = ''

@description('True once the DNS records of emailDomain are in place and Azure has verified them. Until then the domain that Azure manages sends.')
param emailDomainVerified bool = false

@description('The part of the sender\'s address before the @. Others than DoNotReply need raised sending limits first, and a domain of your own.')
param senderUsername string = 'DoNotReply'

@description('Client id of the Entra ID app registration that staff sign in with. Empty: App Service authentication is off, so staff calls are 401 and health is not ready.')
param entraClientId string = ''

@description('Address that alerts go to. Empty, with no action group either: the alerts exist and tell nobody.')
param alertEmail string = ''

@description('Resource id of an action group of your own that alerts go to as well. Empty: none.')
param alertActionGroupId string = ''

@description('Name of the Cosmos DB account that holds the cases. Empty: one made for this environment; after a restore, the account restored to.')
param cosmosAccountName string = ''

@description('How far back the cases can be restored to.')
@allowed(['Continuous7Days', 'Continuous30Days'])
param backupTier string = 'Continuous30Days'

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most instances of the function app that may run at once. Bounds the cost of a flood.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept ready for orchestrations. 0: the first wake after a quiet time waits for a start, some seconds.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var appName = 'func-${token}'

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    appPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  scope: group
  params: {
    name: empty(cosmosAccountName) ? 'cosmos-${token}' : cosmosAccountName
    location: location
    tags: tags
    backupTier: backupTier
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    workspaceId: monitoring.outputs.workspaceId
  }
}

module email 'modules/email.bicep' = {
  name: 'email'
  scope: group
  params: {
    serviceName: 'acs-${token}'
    emailServiceName: 'email-${token}'
    topicName: 'evgt-${token}'
    tags: tags
    dataLocation: dataLocation
    customDomain: emailDomain
    customDomainVerified: emailDomainVerified
    senderUsername: senderUsername
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module app 'modules/function-app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: appName
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsName: monitoring.outputs.insightsName
    cosmosEndpoint: cosmos.outputs.endpoint
    cosmosDatabase: cosmos.outputs.database
    emailEndpoint: email.outputs.endpoint
    emailSender: email.outputs.sender
    vaultUri: vault.outputs.uri
    publicUrl: publicUrl
    entraClientId: entraClientId
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    prefix: 'alert-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
    actionGroupId: alertActionGroupId
  }
}

@description('Where everything was deployed.')
output AZURE_LOCATION string = location

@description('The tenant whose people sign in.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app that azd deploys the service "app" to.')
output SERVICE_APP_NAME string = app.outputs.name

@description('The function app\'s resource id.')
output SERVICE_APP_RESOURCE_ID string = app.outputs.id

@description('The function app\'s own address.')
output SERVICE_APP_ENDPOINT_URL string = app.outputs.url

@description('Client id of the app\'s identity; the subject of the sign-in registration\'s federated credential is its principal id.')
output AZURE_APP_IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('Principal id of the app\'s identity.')
output AZURE_APP_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('The vault that the hook fills.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('The Cosmos DB account.')
output AZURE_COSMOS_ENDPOINT string = cosmos.outputs.endpoint

@description('The topic that delivery reports come from.')
output AZURE_EVENT_GRID_TOPIC_NAME string = email.outputs.topicName

@description('The address that emails come from.')
output AZURE_EMAIL_SENDER string = email.outputs.sender
