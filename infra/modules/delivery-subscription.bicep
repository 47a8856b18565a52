// The webhook's subscription.

@description('Name of the Event Grid topic.')
param topicName string

@description('Address of the webhook, without a query.')
param webhookUrl string

@secure()
@description('What the webhook asks for, letters and digits: the handshake carries it too, so it stands in the query. The app keeps addresses out of its telemetry.')
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
        // Event Grid shows the address without its query to whoever may read the subscription.
        endpointUrl: '${webhookUrl}?secret=${secret}'
        maxEventsPerBatch: 20
        preferredBatchSizeInKilobytes: 64
        minimumTlsVersionAllowed: '1.2'
      }
    }
    // No dead letters: reports hold recipients' addresses, and nothing would clear them away. A day covers any outage of the app.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
