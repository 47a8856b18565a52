// Sends the delivery reports of emails to the app. Deployed by a hook after the code is: Event Grid tries the webhook when it is subscribed.

@description('Name of the Event Grid topic.')
param topicName string

@description('Name of the vault that holds the webhook\'s secret.')
param vaultName string

@description('The app\'s own address, without a trailing slash.')
param appUrl string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

module subscription 'modules/delivery-subscription.bicep' = {
  name: 'delivery-subscription'
  params: {
    topicName: topicName
    webhookUrl: '${appUrl}/hooks/email-delivery'
    secret: vault.getSecret('delivery-secret')
  }
}
