// The webhook's subscription.

@description('Name of the Event Grid topic.')
param topicName string

@description('Address of the webhook.')
param webhookUrl string

@secure()
@description('What the webhook asks for. It goes in a header, so that it is in no address and no request log.')
param secret string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource delivery 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'email-delivery'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: { includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived'] }
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: webhookUrl
        maxEventsPerBatch: 20
        preferredBatchSizeInKilobytes: 64
        minimumTlsVersionAllowed: '1.2'
        deliveryAttributeMappings: [
          {
            name: 'X-Escalation-Delivery'
            type: 'Static'
            properties: { value: secret, isSecret: true }
          }
        ]
      }
    }
    // No dead letters: reports hold recipients' addresses, and nothing would clear them away. A day covers any outage of the app.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
