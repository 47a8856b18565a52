// Who is told, and the alerts on what watched.bicep names; the sweep's own is in after-deployment.bicep.
import { inLogs, inMetrics } from 'watched.bicep'

@description('Start of each rule\'s name.')
param prefix string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Resource id of the function app.')
param appId string

@description('Resource id of the topic of delivery reports.')
param topicId string

@description('Address that alerts go to; empty: none.')
param email string

@description('Resource id of an action group of your own; empty: none.')
param actionGroupId string

var groups = concat(empty(email) ? [] : [people.id], empty(actionGroupId) ? [] : [actionGroupId])

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${prefix}-people'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'escalation'
    emailReceivers: empty(email) ? [] : [{ name: 'alerts', emailAddress: email, useCommonAlertSchema: true }]
  }
}

module onLogs 'log-alert.bicep' = [for rule in inLogs: {
  name: 'alert-${rule.name}'
  params: {
    name: '${prefix}-${rule.name}'
    location: location
    tags: tags
    workspaceId: workspaceId
    groups: groups
    rule: rule
    query: '${rule.source} | ${rule.alert}'
  }
}]

resource onMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [for rule in inMetrics: {
  name: '${prefix}-${rule.name}'
  location: 'global'
  tags: tags
  properties: {
    description: '${rule.title}. ${rule.description}'
    severity: rule.severity
    enabled: true
    scopes: [rule.of == 'app' ? appId : topicId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: rule.name
          metricName: rule.metric
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: rule.threshold
          // The metric is not there before its first value.
          skipMetricValidation: true
        }
      ]
    }
    actions: [for group in groups: { actionGroupId: group }]
  }
}]

output groups string[] = groups
