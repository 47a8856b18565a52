// A budget of the resource group: it tells, and stops nothing.

@description('Name of the budget.')
param name string

@description('A month\'s amount, in the currency that the subscription is billed in.')
param amount int

@description('Resource ids of the action groups that are told. Azure takes no budget without one.')
param groups string[]

@description('First day of the month that it begins with, as 2026-12-01. Azure refuses to change it once the budget is made.')
param from string

var told = { contactEmails: [], contactGroups: groups, contactRoles: ['Owner'] }

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: from }
    notifications: {
      spent80: { enabled: true, operator: 'GreaterThanOrEqualTo', threshold: 80, thresholdType: 'Actual', ...told }
      spent100: { enabled: true, operator: 'GreaterThanOrEqualTo', threshold: 100, thresholdType: 'Actual', ...told }
      expected100: { enabled: true, operator: 'GreaterThanOrEqualTo', threshold: 100, thresholdType: 'Forecasted', ...told }
    }
  }
}
