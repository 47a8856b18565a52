// What somebody should look at. The metrics are the app's own, and count cases and notices without naming any.

@description('Start of each rule\'s name.')
param prefix string

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Address that alerts go to; empty: none.')
param email string

@description('Resource id of an action group of your own; empty: none.')
param actionGroupId string

var groups = concat(empty(email) ? [] : [people.id], empty(actionGroupId) ? [] : [actionGroupId])

var rules = [
  {
    name: 'overdue-wakes'
    title: 'Cases whose next wake is more than five minutes past'
    description: 'Deadlines or reminders are late. Look at /health/ready, then at the failed runs of Advance and Sweep.'
    severity: 1
    query: 'AppMetrics | where Name == "escalation.wakes.overdue" | summarize Value = max(Sum) by bin(TimeGenerated, 5m)'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    frequency: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'failed-notices'
    title: 'Notices that could not be sent or were returned'
    description: 'Somebody was not told. The case names whom; the business manager can mend the directory and send again.'
    severity: 2
    // All failed notices there are, counted by every sweep: any that joined them within the hour.
    query: 'AppMetrics | where Name == "escalation.notices.standing" | where coalesce(tostring(Properties.state), tostring(Properties.prop__state)) == "failed" | summarize Value = max(Sum) - min(Sum)'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    frequency: 'PT15M'
    window: 'PT1H'
  }
  {
    name: 'sweep-mended'
    title: 'The sweep mended an orchestration'
    description: 'A case had moved without its orchestration. Nothing is lost; often, it means that the task hub was out of reach.'
    severity: 2
    query: 'AppMetrics | where Name == "escalation.sweep.mended" | summarize Value = sum(Sum) by bin(TimeGenerated, 5m)'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 0
    frequency: 'PT15M'
    window: 'PT15M'
  }
  {
    name: 'no-sweep'
    title: 'The sweep has not run'
    description: 'No run of the timer function Sweep succeeded in half an hour: the other alerts are silent too. Look at the function app.'
    severity: 1
    query: 'AppRequests | where Name == "Sweep" and Success == true | summarize Value = count()'
    aggregation: 'Total'
    operator: 'LessThan'
    threshold: 1
    frequency: 'PT5M'
    window: 'PT30M'
  }
]

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

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${prefix}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: rule.title
    description: rule.description
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: rule.frequency
    windowSize: rule.window
    // A metric's table is not there before its first value.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
          metricMeasureColumn: 'Value'
          timeAggregation: rule.aggregation
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: groups }
  }
}]
