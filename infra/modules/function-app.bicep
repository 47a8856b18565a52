// The function app on Flex Consumption, with its settings: this file is the one place they are given.

@description('Name of the function app.')
param name string

@description('Name of its plan.')
param planName string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Name of the host\'s storage account.')
param storageName string

@description('Blob container of the deployed package.')
param packageContainer string

@description('Name of the Application Insights component.')
param insightsName string

@description('Endpoint of the Cosmos DB account.')
param cosmosEndpoint string

@description('Name of the database.')
param cosmosDatabase string

@description('Endpoint of the Communication Services resource.')
param emailEndpoint string

@description('The address that emails come from.')
param emailSender string

@description('Id of the template that emails go out with by GOV.UK Notify; empty: Communication Services sends them.')
param notifyTemplate string

@description('Ids that Notify gave to the addresses replies go to; empty: the service\'s own.')
param notifyReplyTo string

@description('Address of the vault, with a trailing slash.')
param vaultUri string

@description('Base of emailed links; empty: the app\'s own address.')
param publicUrl string

@description('Client id of the app registration that staff sign in with; empty: authentication is off.')
param entraClientId string

@description('Most instances that may run at once.')
param maximumInstanceCount int

@description('Instances kept ready for orchestrations.')
param alwaysReadyInstances int

@description('True: instances are spread over zones.')
param zoneRedundant bool

@description('Resource id of the subnet that the app goes out through; empty: none.')
param subnetId string

var ownUrl = 'https://${name}.azurewebsites.net'
var signsIn = !empty(entraClientId)
var federatedSignIn = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var settings = {
  // The host's own storage and the task hub, by identity.
  AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId

  // An address and no credential: the component takes nothing without an identity.
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'

  // Which identity the app's own clients use.
  AZURE_CLIENT_ID: identityClientId

  Escalation__PublicUrl: empty(publicUrl) ? ownUrl : publicUrl
  Escalation__CosmosEndpoint: cosmosEndpoint
  Escalation__CosmosDatabase: cosmosDatabase

  // Without a version: a rotation is taken up when the references are refreshed.
  Escalation__LinkKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/link-key/)'
  Escalation__LinkKeyPrevious: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/link-key-previous/)'
  Escalation__IntakeSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/intake-secret/)'
  Escalation__DeliverySecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/delivery-secret/)'
  Escalation__DeliverySecretPrevious: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/delivery-secret-previous/)'
}

// One way at a time: the app refuses both.
var mailSettings = empty(notifyTemplate) ? {
  Escalation__EmailEndpoint: emailEndpoint
  Escalation__EmailSender: emailSender
} : {
  Escalation__Notify__Template: notifyTemplate
  Escalation__Notify__ReplyTo: notifyReplyTo
  Escalation__Notify__Key: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/notify-key/)'
  Escalation__Notify__CallbackToken: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/notify-callback-token/)'
}

var signInSettings = {
  // The platform proves the registration's identity with the app's own: there is no client secret to keep or to renew.
  '${federatedSignIn}': identityClientId
  WEBSITE_AUTH_AAD_ALLOWED_TENANTS: tenant().tenantId
}

var registration = {
  enabled: true
  registration: {
    clientId: entraClientId
    clientSecretSettingName: federatedSignIn
    openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
  }
  validation: {
    allowedAudiences: [entraClientId, 'api://${entraClientId}']
  }
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    // Flex Consumption refuses what it does not know here, ftpsState for one; passwords for deployment are off below.
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'durable', instanceCount: alwaysReadyInstances }]
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, mailSettings, signsIn ? signInSettings : {})
}

// Every request passes through the platform's module, which takes away a client principal that a caller made up, and none is turned away
// there: the app asks for sign-in itself, endpoint by endpoint. Paths can't be excluded instead, because intake (a POST with a function
// key) and the tracker (a GET by staff) are one path, and on an excluded path nobody is signed in. Emailed links, health, intake and
// delivery reports stay open.
resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  dependsOn: [appSettings]
  properties: {
    platform: { enabled: signsIn }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: { requireHttps: true }
    identityProviders: signsIn ? { azureActiveDirectory: registration } : {}
    login: {
      tokenStore: { enabled: false }
    }
  }
}

// Passwords for deployment are off: azd deploys with its own sign-in.
resource noFtpPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output id string = app.id
output name string = app.name
output url string = ownUrl
