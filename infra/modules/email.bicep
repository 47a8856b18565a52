// Communication Services with an Email domain. Opens and clicks are not tracked, and keys are off.

@description('Name of the Communication Services resource.')
param serviceName string

@description('Name of the Email Communication Services resource.')
param emailServiceName string

@description('Name of the Event Grid topic for delivery reports.')
param topicName string

@description('Tags of every resource.')
param tags object

@description('Where data is kept at rest.')
param dataLocation string

@description('Domain of your own; empty: none.')
param customDomain string

@description('True once Azure has verified the domain of your own.')
param customDomainVerified bool

@description('The part of the sender\'s address before the @.')
param senderUsername string

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

var emailServiceOwner = '09976791-48a7-449e-bb21-39d1a415f350'
var ownSends = !empty(customDomain) && customDomainVerified
var everyDomainsSender = 'DoNotReply'
var hasOwnName = senderUsername != everyDomainsSender
var ownAddress = '${senderUsername}@${customDomain}'

resource emailService 'Microsoft.Communication/emailServices@2025-09-01' = {
  name: emailServiceName
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
  }
}

resource managedDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' = {
  parent: emailService
  name: 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: {
    domainManagement: 'AzureManaged'
    userEngagementTracking: 'Disabled'
  }
}

resource ownDomain 'Microsoft.Communication/emailServices/domains@2025-09-01' = if (!empty(customDomain)) {
  parent: emailService
  name: empty(customDomain) ? 'none' : customDomain
  location: 'global'
  tags: tags
  properties: {
    domainManagement: 'CustomerManaged'
    userEngagementTracking: 'Disabled'
  }
}

resource ownSender 'Microsoft.Communication/emailServices/domains/senderUsernames@2025-09-01' = if (ownSends && hasOwnName) {
  parent: ownDomain
  name: senderUsername
  properties: {
    username: senderUsername
  }
}

resource service 'Microsoft.Communication/communicationServices@2025-09-01' = {
  name: serviceName
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    // One that is not verified can't be linked.
    linkedDomains: [ownSends ? ownDomain.id : managedDomain.id]
    disableLocalAuth: true
  }
}

// Role: Communication and Email Service Owner, on this resource alone. The app sends emails as its identity. It is more than sending
// needs, and the only built-in role that sends; the resource has no other use.
resource appSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, appPrincipalId, emailServiceOwner)
  scope: service
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', emailServiceOwner)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// after-deployment.bicep subscribes the app to it. Its identity writes what could not be delivered (dead-letters.bicep).
resource reports 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: topicName
  location: 'global'
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: service.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

// Metrics only: the email logs hold recipients' addresses.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: service
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output endpoint string = 'https://${service.properties.hostName}/'
output sender string = ownSends ? ownAddress : '${everyDomainsSender}@${managedDomain.properties.mailFromSenderDomain}'
output topicName string = reports.name
output topicId string = reports.id
output topicPrincipalId string = reports.identity.principalId
