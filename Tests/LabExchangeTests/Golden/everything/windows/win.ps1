# Made by labplan from lab "everything".
# Every mode and every setting.
# Two lines of it.
# Run as administrator in win. Running it again changes nothing.
# Windows answers no ping by default; this lets it:
#   Set-NetFirewallRule -Name FPS-ICMP4-ERQ-In -Enabled True -Profile Any

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

if ($env:COMPUTERNAME -ne 'win') { Rename-Computer -NewName 'win' -ErrorAction Continue }

$adapter = Get-NetAdapter | Where-Object MacAddress -eq '08-00-27-9C-DA-FD'
if (-not $adapter) { throw 'no adapter has the address 08-00-27-9C-DA-FD' }
if ($adapter.Name -ne 'lan1') { Rename-NetAdapter -InputObject $adapter -NewName 'lan1' }
Set-NetIPInterface -InterfaceAlias 'lan1' -AddressFamily IPv4 -Dhcp Enabled
Get-NetIPAddress -InterfaceAlias 'lan1' -AddressFamily IPv6 -PrefixOrigin Manual -ErrorAction SilentlyContinue | Where-Object IPAddress -ne 'fd00:77::a00:27ff:fe9c:dafd' | Remove-NetIPAddress -Confirm:$false
if (-not (Get-NetIPAddress -InterfaceAlias 'lan1' -IPAddress 'fd00:77::a00:27ff:fe9c:dafd' -ErrorAction SilentlyContinue)) { New-NetIPAddress -InterfaceAlias 'lan1' -IPAddress 'fd00:77::a00:27ff:fe9c:dafd' -PrefixLength 64 | Out-Null }

$adapter = Get-NetAdapter | Where-Object MacAddress -eq '08-00-27-81-D7-14'
if (-not $adapter) { throw 'no adapter has the address 08-00-27-81-D7-14' }
if ($adapter.Name -ne 'lan2') { Rename-NetAdapter -InputObject $adapter -NewName 'lan2' }
Set-NetIPInterface -InterfaceAlias 'lan2' -AddressFamily IPv4 -Dhcp Enabled
Set-NetIPInterface -InterfaceAlias 'lan2' -AddressFamily IPv4 -IgnoreDefaultRoutes Enabled
